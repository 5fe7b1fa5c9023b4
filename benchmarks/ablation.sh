#!/usr/bin/env bash
# What each half of the fix contributes: the grid (32 | 256 slots a shard) x (peer map locked over the registration | scoped) over
# several seeds, then all six registry designs with 256 slots at the same load. Writes the tables of docs/findings.md between their
# markers. Run again after an interruption it keeps the runs there are.
#
#   benchmarks/ablation.sh
#
#   KILONODE_ABLATION_SEEDS      1..5
#   KILONODE_ABLATION_JOBS       runs at a time, as many as there are cores, at most 2
#   KILONODE_ABLATION_OUT        folder of results, target/ablation
#   KILONODE_ABLATION_SCENARIO   scenarios/quickstart.yaml
#   KILONODE_ABLATION_FLAGS      for every run; by default the load for which a run takes about half a minute on an idle core
#
# Exits 0 when the tables were written; 2, 4, 70, 130 as `kilonode suite` does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
seeds=${KILONODE_ABLATION_SEEDS:-1..5} jobs=${KILONODE_ABLATION_JOBS:-$((cores < 2 ? cores : 2))}
out=${KILONODE_ABLATION_OUT:-target/ablation}
scenario=${KILONODE_ABLATION_SCENARIO:-scenarios/quickstart.yaml}
more=${KILONODE_ABLATION_FLAGS:-}
unset KILONODE_ABLATION_SEEDS KILONODE_ABLATION_JOBS KILONODE_ABLATION_OUT KILONODE_ABLATION_SCENARIO KILONODE_ABLATION_FLAGS
page=docs/findings.md
# shellcheck source=benchmarks/pages.sh
. benchmarks/pages.sh

runs() { # name, design, slots before the dispatcher, least slots a shard
    local status=0
    echo "== $1: $2, $3 slots, seeds $seeds"
    # The scenario's checks say how it is to fail, which is not asked here.
    # shellcheck disable=SC2086 # several flags
    ./kilonode suite "$scenario" --seeds "$seeds" --jobs "$jobs" --skip-done --out "$out/$1" --set "name=$1" --set 'checks=[]' \
        --set "transport.registry=$2" --set "transport.receive-capacity=$3" --set "transport.min-shard-capacity=$4" \
        --set report.png=false $more || status=$?
    case $status in 0 | 1 | 3) ;; *) exit "$status" ;; esac
}

effect() { # base, new, words: what compare says of the difference; with too few seeds it says that
    local status=0
    ./kilonode compare "$out/$1" "$out/$2" --allow-different-scenarios >"$out/$1-$2.txt" 2>"$out/$1-$2.log" || status=$?
    case $status in 0 | 1 | 3) ;; *) cat "$out/$1-$2.log" >&2; exit "$status" ;; esac
    printf '### %s\n\n```\n' "$3"
    cat "$out/$1-$2.txt"
    printf '```\n\n'
}

for slots in 32 256; do
    least=$((slots == 32 ? 16 : 128))
    runs "across-$slots" lock-across-registration $((8 * slots)) $least
    runs "scoped-$slots" scoped-locks $((8 * slots)) $least
done
others=(single-consumer paired-locks striped-maps at-handshake)
for design in "${others[@]}"; do runs "$design" "$design" 2048 128; done

made="Made by \`benchmarks/ablation.sh\` from \`$scenario\` with seeds $seeds${more:+ and $more}: median (range) over the seeds."
{
    printf '%s\n\n' "$made"
    ./kilonode table "$out"/across-32 "$out"/across-256 "$out"/scoped-32 "$out"/scoped-256 --quiet
} | into_page "$page" grid
{
    effect across-32 across-256 "Capacity alone: 32 to 256 slots, the lock as it was"
    effect across-32 scoped-32 "The lock alone: scoped, 32 slots as it was"
    effect across-32 scoped-256 "Both"
} | into_page "$page" effects
{
    printf '%s All with 256 slots a shard; `single-consumer` has one queue of 2048.\n\n' "$made"
    ./kilonode table "$out"/single-consumer "$out"/across-256 "$out"/scoped-256 "$out"/paired-locks "$out"/striped-maps \
        "$out"/at-handshake --quiet
} | into_page "$page" designs
echo "wrote the tables of $page"
