#!/usr/bin/env bash
# One run in virtual time on one thread and on several, in alternating pairs. Prints for each pair the seconds of both, how many times faster
# several are, and the processor time of several divided by that of one. It prints; it does not judge. Some 90 s a pair on two idle cores.
#
#   benchmarks/threads.sh [PAIRS]    5 pairs
#
#   KILONODE_THREADS_SCENARIO  scenarios/rc-17.yaml
#   KILONODE_THREADS_FLAGS     of each run, "--duration 90m"
#   KILONODE_THREADS_MANY      2
#   KILONODE_THREADS_OUT       where the runs are left, target/threads
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pairs=${1:-5} scenario=${KILONODE_THREADS_SCENARIO:-scenarios/rc-17.yaml} flags=${KILONODE_THREADS_FLAGS:---duration 90m}
many=${KILONODE_THREADS_MANY:-2} out=${KILONODE_THREADS_OUT:-target/threads}
unset "${!KILONODE_@}" # the command would take them for its flags
./kilonode version >/dev/null

field() { # file, name: a number of summary.json
    tr -d '\n' <"$1" | grep -o "\"$2\" *: *[0-9.E]*" | head -n 1 | sed 's/.*: *//'
}

run() { # threads: prints "wall-ms cpu-ms"
    local summary
    rm -rf "$out"
    # shellcheck disable=SC2086 # several flags
    ./kilonode run "$scenario" --threads "$1" --out "$out" --set 'checks=[]' --set report.png=false -q $flags >/dev/null 2>&1
    summary=$(find "$out" -name summary.json | head -n 1)
    echo "$(field "$summary" wall_ms) $(field "$summary" cpu_ms)"
}

echo "pair,one_s,many_s,speedup,cpu_ratio"
for pair in $(seq "$pairs"); do
    if [ $((pair % 2)) = 1 ]; then one=$(run 1) several=$(run "$many"); else several=$(run "$many") one=$(run 1); fi
    echo "$pair $one $several" | awk '{ printf "%d,%.1f,%.1f,%.2f,%.2f\n", $1, $2 / 1e3, $4 / 1e3, $2 / $4, $5 / $3 }'
done
