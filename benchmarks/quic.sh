#!/usr/bin/env bash
# QUIC endpoints beside bare Netty QUIC, one after the other, each in a JVM of its own:
#   1000 endpoints, 10 connections dialled by each, identities of both ends verified: seconds until all are up, memory,
#   threads, processor time while nothing happens; then requests of 1 KiB a second, 1000 in flight, each next one on a
#   connection drawn at random, and the ratio of the two.
# The bare side has no identities, no client certificates and no bounds. It has one long-lived stream a connection, and in a third
# run a stream for each message as ours, but without acknowledgements. With no argument about two minutes on two quiet cores, and 1.6 GB.
#
#   benchmarks/quic.sh [ENDPOINTS [CONNECTIONS [IN_FLIGHT [SECONDS [ML-DSA-65|Ed25519]]]]]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=benchmarks/build.sh
. benchmarks/build.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

measure() { # nodes, connections a node, requests under way, seconds, signature scheme, ours|bare|streams
    # The heap is thrice what is alive.
    benchmark 300 "${options[@]}" -Xmx768m -- QuicBenchmark \
        "${1:-1000}" "${2:-10}" "${3:-1000}" "${4:-8}" "${5:-ML-DSA-65}" "$6" | tee "$work/$6"
}

rate() { # of which side
    awk -F 'per second' '/^requests of 1 KiB/ { print $2 + 0 }' "$work/$1"
}

for side in ours bare streams; do
    echo "== $side"
    measure "${1:-}" "${2:-}" "${3:-}" "${4:-}" "${5:-}" "$side"
done
awk -v ours="$(rate ours)" -v bare="$(rate bare)" -v streams="$(rate streams)" 'BEGIN {
    printf "share of bare Netty QUIC with one long-lived stream a connection: %.2f, must be 0.7 at least\n", ours / bare
    printf "share of bare Netty QUIC with a stream for each message, without acknowledgements: %.2f\n", ours / streams
}'
