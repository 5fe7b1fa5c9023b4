#!/usr/bin/env bash
# The whole transport in wall time: node thread, workers, endpoints, shards and registry, with nothing above it. First how long a thousand
# nodes take until all are connected and have exchanged identities, then requests a second with replies of 1 KiB, unsigned, as a share of what bare
# Netty carries on the same link. Each measurement in a JVM of its own, one after the other. It prints; it does not judge. About five
# minutes on two idle cores; on busy ones only the ratios and the processor time a request mean something.
#
#   KILONODE_TRANSPORT_LINKS      which links, "memory tcp quic"
#   KILONODE_TRANSPORT_NODES      nodes that ask each other, 200, with 9 connections each
#   KILONODE_TRANSPORT_IN_FLIGHT  requests under way at any time, 1000
#   KILONODE_TRANSPORT_SECONDS    of each measurement, after as long a warm-up, 14
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

./kilonode --version >/dev/null # builds what has changed
mvn -q -B -pl node,reports,simulator test-compile
jars="simulator/target/test-classes:node/target/test-classes:target/launch/$(cat target/launch/current)/*"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
options=(-XX:+UseParallelGC -Xmx3g)
"$java" --enable-native-access=ALL-UNNAMED -version >/dev/null 2>&1 && options+=(--enable-native-access=ALL-UNNAMED)
export SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/nonexistent # as the launcher does; else each QUIC codec reads the machine's certificates
read -r -a links <<<"${KILONODE_TRANSPORT_LINKS:-memory tcp quic}"
nodes=${KILONODE_TRANSPORT_NODES:-200} in_flight=${KILONODE_TRANSPORT_IN_FLIGHT:-1000} seconds=${KILONODE_TRANSPORT_SECONDS:-14}

ours() { # link, connections a node, signed|unsigned, seconds, overrides: seconds until connected, requests/s, us of processor a request
    timeout 300 "$java" "${options[@]}" -cp "$jars" dev.kilonode.simulator.harness.TransportBenchmark benchmarks/transport.yaml \
        "$2" "$3" "$in_flight" "$4" "wall.link=$1" "${@:5}" 2> >(grep -v SLF4J >&2)
}

bare() { # link: requests/s of bare Netty
    timeout 180 "$java" "${options[@]}" -cp "$jars" dev.kilonode.node.bench.EndpointBenchmark \
        bare "${1^^}" "$nodes" "$in_flight" "$seconds" 2> >(grep -v SLF4J >&2)
}

echo "1000 nodes, identities exchanged"
printf '%-8s %12s %12s %10s\n' link connections algorithm seconds
for link in "${links[@]}"; do
    degree=10
    [ "$link" != tcp ] || degree=9 # two descriptors each, of 20,000 that a user has by default
    for algorithm in Ed25519 ML-DSA-65; do
        read -r took _ <<<"$(ours "$link" "$degree" signed 0 "identity.algorithm=$algorithm")"
        printf '%-8s %12d %12s %10s\n' "$link" $((1000 * degree)) "$algorithm" "$took"
    done
done
echo "$nodes nodes x 9 connections, $in_flight requests under way, unsigned, $seconds s each"
printf '%-8s %12s %14s %12s %7s\n' link requests/s 'us cpu/request' bare share
for link in "${links[@]}"; do
    read -r _ rate cpu <<<"$(ours "$link" 9 unsigned "$seconds" "nodes.count=$nodes" identity.algorithm=Ed25519)"
    if [ "$link" = quic ]; then
        printf '%-8s %12d %14s %12s %7s\n' "$link" "$rate" "$cpu" "quic.sh" ""
        continue
    fi
    read -r _ other _ <<<"$(bare "$link")"
    printf '%-8s %12d %14s %12d %7s\n' "$link" "$rate" "$cpu" "$other" "$(awk "BEGIN { printf \"%.2f\", $rate / $other }")"
done
