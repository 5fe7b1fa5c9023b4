#!/usr/bin/env bash
# QUIC endpoints beside bare Netty QUIC, one after the other in one JVM:
#   1000 endpoints, 10 connections dialled by each, identities of both ends verified: seconds until all are up, memory,
#   threads, processor time while nothing happens; then requests of 1 KiB a second, 1000 in flight, and the ratio of the two.
# The bare side has no identities, no client certificates, no node threads, and one long-lived stream a connection.
# With no argument about a minute on two quiet cores, and 1.5 GB.
#
#   benchmarks/quic.sh [ENDPOINTS [CONNECTIONS [IN_FLIGHT [SECONDS [ML-DSA-65|Ed25519 [both|ours|bare]]]]]]
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
"$home/kilonode" --version >/dev/null # builds what has changed
jars="$home/target/launch/$(cat "$home/target/launch/current")/*"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${java%java}keytool" -genkeypair -alias bare -keyalg EC -groupname secp256r1 -dname CN=bare -validity 3650 \
    -storetype PKCS12 -keystore "$work/bare.p12" -storepass benchmark 2>/dev/null
"${java}c" -nowarn -d "$work" -cp "$jars" "$home/benchmarks/quic/QuicBench.java"

options=(-Xmx4g)
case $("$java" -version 2>&1) in
    *'"17'* | *'"18'* | *'"19'* | *'"2'[0-3]*) ;;
    *) options+=(--enable-native-access=ALL-UNNAMED) ;;
esac
# As the launcher does; else each codec reads the machine's certificates.
export SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/nonexistent
"$java" "${options[@]}" -cp "$work:$jars" QuicBench \
    "${1:-1000}" "${2:-10}" "${3:-1000}" "${4:-3}" "${5:-ML-DSA-65}" "${6:-both}" "$work/bare.p12"
