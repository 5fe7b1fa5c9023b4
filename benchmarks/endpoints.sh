#!/usr/bin/env bash
# What the endpoints in wall time reach beside bare Netty (a length before each message and nothing else), in one run: requests and
# replies of 1 KiB a second, over memory, TCP and TLS, and connections a second. It prints; it does not judge. About a minute and a half
# on two idle cores; on busy ones only the processor time per request and the ratios mean something.
#
#   KILONODE_ENDPOINTS_NODES      nodes that ask each other, 200, with 9 connections each
#   KILONODE_ENDPOINTS_IN_FLIGHT  requests under way at any time, 1000
#   KILONODE_ENDPOINTS_SECONDS    of each measurement, after half of it as a warm-up, 3
#   KILONODE_ENDPOINTS_ROUNDS     measurements of each kind, 2: the first also warms up the JVM
#   KILONODE_ENDPOINTS_MANY       nodes that connect, 9 connections each, 900: 17,000 descriptors
#   KILONODE_ENDPOINTS_LINKS      which links, "MEMORY TCP TLS"
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

many=${KILONODE_ENDPOINTS_MANY:-900}
limit=$(ulimit -n)
if [ "$limit" != unlimited ] && [ "$limit" -lt $((many * 19 + 2000)) ]; then
    echo "endpoints.sh: $many nodes x 9 connections need $((many * 19 + 2000)) file descriptors, the limit is $limit:" >&2
    echo "raise it with ulimit -n, or set KILONODE_ENDPOINTS_MANY to $(((limit - 2000) / 19)) or less" >&2
    exit 4
fi

mvn -q -B -pl node test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
native=()
"$java" --enable-native-access=ALL-UNNAMED -version >/dev/null 2>&1 && native=(--enable-native-access=ALL-UNNAMED)
echo "load $(cut -d ' ' -f 1 /proc/loadavg)"
# shellcheck disable=SC2086 # several links are several words
exec "$java" -Xmx3g ${native[@]+"${native[@]}"} \
    -cp "node/target/test-classes:node/target/classes:$(cat node/target/test.classpath)" \
    dev.kilonode.node.bench.EndpointBenchmark \
    "${KILONODE_ENDPOINTS_NODES:-200}" "${KILONODE_ENDPOINTS_IN_FLIGHT:-1000}" "${KILONODE_ENDPOINTS_SECONDS:-3}" \
    "${KILONODE_ENDPOINTS_ROUNDS:-2}" "$many" ${KILONODE_ENDPOINTS_LINKS:-MEMORY TCP TLS} 2> >(grep -v SLF4J >&2)
