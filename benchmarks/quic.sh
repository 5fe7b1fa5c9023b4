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

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
"$home/kilonode" --version >/dev/null # builds what has changed
(cd "$home" && mvn -q -B -pl node test-compile)
jars="$home/node/target/test-classes:$home/target/launch/$(cat "$home/target/launch/current")/*"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

options=("@$home/jvm.options" -XX:+UseParallelGC -Xmx768m) # thrice what is alive
case $("$java" -version 2>&1) in
    *'"17'* | *'"18'* | *'"19'* | *'"2'[0-3]*) ;;
    *) options+=(--enable-native-access=ALL-UNNAMED) ;;
esac
# As the launcher does; else each codec reads the machine's certificates.
export SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/nonexistent
measure() { # ours|bare|streams
    timeout 300 "$java" "${options[@]}" -cp "$jars" dev.kilonode.node.bench.QuicBenchmark \
        "${1:-1000}" "${2:-10}" "${3:-1000}" "${4:-8}" "${5:-ML-DSA-65}" "$6" 2> >(grep -v SLF4J >&2) | tee "$work/$6"
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
