#!/usr/bin/env bash
# What each half of the fix contributes: the grid (32 | 256 slots a shard) x (peer map locked over the registration | scoped) over
# several seeds, then all six registry designs with 256 slots at the same load, and a forecast of what breaks with the fix. Writes the
# tables and pictures of docs/findings.md. Run again after an interruption it keeps the runs there are. About an hour on two cores.
#
#   benchmarks/ablation.sh
#
#   KILONODE_ABLATION_SEEDS      1..10; with fewer pairs the statistics cannot tell a change of a cause from chance
#   KILONODE_ABLATION_JOBS       runs at a time, as many as there are cores, at most 2
#   KILONODE_ABLATION_OUT        folder of results, target/ablation
#   KILONODE_ABLATION_SCENARIO   scenarios/quickstart.yaml
#   KILONODE_ABLATION_HORIZON    how far the forecast looks, 12h
#   KILONODE_ABLATION_FLAGS      for every run; by default the load for which a run takes about half a minute on an idle core
#
# Exits 0 when the tables were written; 2, 4, 70, 130 as `kilonode suite` does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
seeds=${KILONODE_ABLATION_SEEDS:-1..10} jobs=${KILONODE_ABLATION_JOBS:-$((cores < 2 ? cores : 2))}
out=${KILONODE_ABLATION_OUT:-target/ablation}
scenario=${KILONODE_ABLATION_SCENARIO:-scenarios/quickstart.yaml}
horizon=${KILONODE_ABLATION_HORIZON:-12h} more=${KILONODE_ABLATION_FLAGS:-}
unset "${!KILONODE_ABLATION_@}" # the command would take them for its flags
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

pictures() { # name: what seed after seed looks like, by the first of them
    local run
    run=$(dirname "$(grep -l "\"seed\" : ${seeds%%[!0-9]*}," "$out/$1/$1"/*/manifest.json | tail -n 1)")
    ./kilonode report "$run" --quiet
    cp "$run/charts/upload-latency.png" "docs/images/$1-uploads.png"
    cp "$run/charts/drops.png" "docs/images/$1-drops.png"
}

ahead() { # the fix, on and on, and what moves the hour at which it breaks
    local status=0 summary
    # shellcheck disable=SC2086
    ./kilonode forecast "$scenario" --horizon "$horizon" --jobs "$jobs" --skip-done --out "$out/forecast" --set name=scoped-256 \
        --set 'checks=[]' --set transport.registry=scoped-locks --set transport.receive-capacity=2048 --set transport.min-shard-capacity=128 \
        --set report.png=false --vary "design=lock-across-registration,paired-locks,striped-maps,at-handshake" --vary nodes=100,400 \
        --vary uploaders=15,60 $more >&2 || status=$?
    case $status in 0 | 1 | 3) ;; *) exit "$status" ;; esac
    summary=$(find "$out/forecast" -maxdepth 2 -name summary.md | tail -n 1)
    printf 'Made by `benchmarks/ablation.sh` from `%s` with scoped locks and 256 slots, at most %s of virtual time, one seed each.\n\n' "$scenario" "$horizon"
    tail -n +3 "$summary" # without its heading
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
for cell in across-32 across-256 scoped-32 scoped-256; do pictures "$cell"; done
ahead >"$out/forecast.md"
into_page "$page" forecast <"$out/forecast.md"
echo "wrote the tables and pictures of $page"
