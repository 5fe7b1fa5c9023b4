#!/usr/bin/env bash
# What one inbound message costs between its endpoint and its handler, without a world: nanoseconds and bytes allocated, alone and in bursts.
# JMH prints it, with intervals. Two minutes.
#
#   benchmarks/messages.sh [OPTIONS OF JMH]    such as -f 1 -wi 3 -i 3; -h lists them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=benchmarks/build.sh
. benchmarks/build.sh
exec "$java" -cp "$classes" org.openjdk.jmh.Main InboundMessageBenchmark -prof gc "$@"
