#!/usr/bin/env bash
# The whole transport in wall time: node loops, workers, endpoints, shards and registry, with nothing above it. First how long a thousand
# nodes take until all are connected and have exchanged identities. Then requests a second with replies of 1 KiB, unsigned, each next one between
# a node and a peer drawn at random; beside it what the design's first prototype carries in this run: bare Netty on the same link, of as many nodes,
# connections and requests, drawn at random too (on QUIC with one long-lived stream a connection), in a JVM as the prototype's was: the default
# collector and 8 GB of heap; and the share, with what it must be at least. Then the same with the options of our JVM, for comparison.
# Each measurement in a JVM of its own, one after the other. It prints; it does not judge. About nine minutes on two idle cores; on busy
# ones only the ratios and the processor time a request mean something.
#
#   KILONODE_TRANSPORT_LINKS      which links, "memory tcp quic", with 10 connections a node; on TCP 9
#   KILONODE_TRANSPORT_NODES      nodes that ask each other, 1000
#   KILONODE_TRANSPORT_IN_FLIGHT  requests under way at any time, 1000
#   KILONODE_TRANSPORT_SECONDS    of each measurement, after as long a warm-up, 14
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=benchmarks/build.sh
. benchmarks/build.sh
options+=(-Xmx3g) recorded=(-Xmx8g)
read -r -a links <<<"${KILONODE_TRANSPORT_LINKS:-memory tcp quic}"
nodes=${KILONODE_TRANSPORT_NODES:-1000} in_flight=${KILONODE_TRANSPORT_IN_FLIGHT:-1000} seconds=${KILONODE_TRANSPORT_SECONDS:-14}

ours() { # link, connections a node, signed|unsigned, seconds, overrides: seconds until connected, requests/s, us of processor a request
    benchmark 300 "${options[@]}" -- TransportBenchmark benchmarks/transport.yaml "$2" "$3" "$in_flight" "$4" "wall.link=$1" "${@:5}"
}

prototype() { # link, connections a node, options of the JVM: connections/s, requests/s, us of processor a request
    benchmark 300 "${@:3}" -- EndpointBenchmark bare "${1^^}" "$nodes" "$2" "$in_flight" "$seconds"
}

share() {
    awk "BEGIN { printf \"%.2f\", $1 / $2 }"
}

# Connections a node, on TCP of two descriptors each, of 20,000 that a user has by default; and the share that is wanted.
declare -A degree=([memory]=10 [tcp]=9 [tls]=9 [quic]=10) must=([memory]=0.5 [tcp]=0.6 [quic]=0.7)

echo "1000 nodes, identities exchanged"
printf '%-8s %12s %12s %10s\n' link connections algorithm seconds
for link in "${links[@]}"; do
    for algorithm in Ed25519 ML-DSA-65; do
        read -r took _ <<<"$(ours "$link" "${degree[$link]}" signed 0 "identity.algorithm=$algorithm")"
        printf '%-8s %12d %12s %10s\n' "$link" $((1000 * degree[$link])) "$algorithm" "$took"
    done
done
echo "$nodes nodes, $in_flight requests under way, unsigned, $seconds s each"
printf '%-8s %12s %12s %14s %12s %14s %7s %5s %15s %14s %7s\n' \
    link connections requests/s 'us cpu/request' prototype 'us cpu/request' share must "in a JVM as ours" 'us cpu/request' share
for link in "${links[@]}"; do
    read -r _ rate cpu <<<"$(ours "$link" "${degree[$link]}" unsigned "$seconds" "nodes.count=$nodes" identity.algorithm=Ed25519)"
    read -r _ other other_cpu <<<"$(prototype "$link" "${degree[$link]}" "${recorded[@]}")"
    read -r _ like like_cpu <<<"$(prototype "$link" "${degree[$link]}" "${options[@]}")"
    printf '%-8s %12d %12d %14s %12d %14s %7s %5s %15d %14s %7s\n' "$link" $((nodes * degree[$link])) "$rate" "$cpu" \
        "$other" "$other_cpu" "$(share "$rate" "$other")" "${must[$link]:--}" "$like" "$like_cpu" "$(share "$rate" "$like")"
done
