#!/usr/bin/env bash
# What the endpoints in wall time reach beside bare Netty (a length before each message and nothing else), one after the other in this
# run, each measurement in a JVM of its own: requests and replies of 1 KiB a second, over memory, TCP and TLS, and connections a second.
# Both sides dial nodes at random, 256 dials at a time, and send each next request on a connection drawn at random.
# It prints; it does not judge. About two and a half minutes on two idle cores; on busy ones only the processor time per request and the
# ratios mean something.
#
#   KILONODE_ENDPOINTS_NODES      nodes that ask each other, 200, with 9 connections each
#   KILONODE_ENDPOINTS_IN_FLIGHT  requests under way at any time, 1000
#   KILONODE_ENDPOINTS_SECONDS    of each measurement, after as long a warm-up, 5
#   KILONODE_ENDPOINTS_ROUNDS     measurements of each kind, 2
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

# shellcheck source=benchmarks/build.sh
. benchmarks/build.sh
nodes=${KILONODE_ENDPOINTS_NODES:-200} in_flight=${KILONODE_ENDPOINTS_IN_FLIGHT:-1000}
seconds=${KILONODE_ENDPOINTS_SECONDS:-5} rounds=${KILONODE_ENDPOINTS_ROUNDS:-2}
read -r -a links <<<"${KILONODE_ENDPOINTS_LINKS:-MEMORY TCP TLS}"

measure() { # ours|bare, link, nodes, connections a node, requests under way, seconds: connections/s, requests/s, us of processor a request
    benchmark 180 "${options[@]}" -Xmx3g -- EndpointBenchmark "$@"
}

echo "load $(cut -d ' ' -f 1 /proc/loadavg)"
echo "$nodes nodes x 9 connections, $in_flight requests under way, $seconds s each"
printf '%-8s %5s %12s %12s %7s %14s %14s\n' link round requests/s bare ratio 'us cpu/request' bare
for link in "${links[@]}"; do
    for ((round = 1; round <= rounds; round++)); do
        read -r _ bare bare_cpu <<<"$(measure bare "$link" "$nodes" 9 "$in_flight" "$seconds")"
        read -r _ ours ours_cpu <<<"$(measure ours "$link" "$nodes" 9 "$in_flight" "$seconds")"
        printf '%-8s %5d %12d %12d %7s %14s %14s\n' \
            "$link" "$round" "$ours" "$bare" "$(awk "BEGIN { printf \"%.2f\", $ours / $bare }")" "$ours_cpu" "$bare_cpu"
    done
done
echo "$many nodes x 9 connections, until all are up"
printf '%-8s %14s %12s %7s\n' link connections/s bare ratio
for link in "${links[@]}"; do
    read -r bare _ <<<"$(measure bare "$link" "$many" 9 0 0)"
    read -r ours _ <<<"$(measure ours "$link" "$many" 9 0 0)"
    printf '%-8s %14d %12d %7s\n' "$link" "$ours" "$bare" "$(awk "BEGIN { printf \"%.2f\", $ours / $bare }")"
done
