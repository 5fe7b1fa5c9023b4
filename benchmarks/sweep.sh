#!/usr/bin/env bash
# How well two workers share a sweep: 40 runs of some seconds by one worker and by two, alternating. Prints for each pair the seconds of both, the
# ratio of the second to half of the first, and the hand-over: the time of one worker between two runs, in ms. It prints; it does not judge.
# Some 8 minutes a pair on two idle cores.
#
#   benchmarks/sweep.sh [PAIRS]     1 pair
#
#   KILONODE_SWEEP_DURATION  of a run in virtual time, 3h
#   KILONODE_SWEEP_OUT       where the sweeps are left, target/sweep
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pairs=${1:-1} duration=${KILONODE_SWEEP_DURATION:-3h} out=${KILONODE_SWEEP_OUT:-target/sweep}
unset "${!KILONODE_@}" # the command would take them for its flags
export KILONODE_JAVA_OPTS="-Xmx1g -XX:ActiveProcessorCount=1 -XX:+UseSerialGC -XX:TieredStopAtLevel=1" # a run is one core, so that two have two
rm -rf "$out"
mkdir -p "$out"
./kilonode version >/dev/null

sweep() { # name, workers: prints "seconds between-ms"
    local dir=$out/$1 log=$out/$1.log i began ended
    ./kilonode sweep scenarios/smoke.yaml --vary transport.shards=4,8,12,16,20,24,28,32 --seeds 1..5 --duration "$duration" \
        --set report.png=false --set 'checks=[]' --listen 127.0.0.1:0 --out "$dir" >"$log" 2>&1 &
    local coordinator=$!
    until at=$(sed -n 's/^workers join at //p' "$log") && [ -n "$at" ]; do sleep 0.1; done
    for i in $(seq "$2"); do ./kilonode worker --join "$at" >"$log.$i" 2>&1 & done
    until grep -q '"outcome" : "running"' "$dir/suite.json" 2>/dev/null; do sleep 0.05; done
    began=$(date +%s%N)
    wait "$coordinator" || { tail -n 3 "$log" >&2 && exit 1; }
    ended=$(date +%s%N)
    wait
    awk -v nanos=$((ended - began)) '/"wall_ms"/ { gsub(/[^0-9]/, "", $3); sum += $3; n++ }
        END { printf "%.1f %.0f", nanos / 1e9, (nanos / 1e6 - sum) / n }' "$dir/suite.json"
}

echo "pair,one_s,two_s,two_to_half_of_one,hand_over_ms"
for pair in $(seq "$pairs"); do
    for workers in $([ $((pair % 2)) = 1 ] && echo "1 2" || echo "2 1"); do
        eval "result$workers='$(sweep "sweep-$pair-$workers" "$workers")'"
    done
    # shellcheck disable=SC2154 # set by eval
    echo "$pair $result1 $result2" | awk '{ printf "%d,%s,%s,%.3f,%d\n", $1, $2, $4, $4 / ($2 / 2), $3 }'
done
