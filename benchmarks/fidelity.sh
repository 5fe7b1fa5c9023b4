#!/usr/bin/env bash
# Holds the simulator against what was published of the real network: runs every scenario of scenarios/evidence over several seeds and
# writes the table of docs/fidelity.md between its markers. Run again after an interruption it keeps the runs there are; of another
# build, or with another costs file, it needs another folder (KILONODE_FIDELITY_OUT).
#
#   benchmarks/fidelity.sh          reduced: each scenario at the scale that the second column of its targets says, 1 if it says none
#   benchmarks/fidelity.sh --full   all at full size: hours
#
#   KILONODE_FIDELITY_SEEDS    1..5
#   KILONODE_FIDELITY_JOBS     runs at a time, as many as there are cores, at most 2
#   KILONODE_FIDELITY_OUT      folder of results, target/fidelity; with --full "-full" is added
#   KILONODE_FIDELITY_ONLY     names of scenarios, parted by blanks; others keep the rows of runs made before
#   KILONODE_FIDELITY_FLAGS    more flags for each suite, such as "--set costs.sign.base=1ms" or "--duration 1h"
#
# Exits 0 when the table was written, whatever it says; 2, 4, 70, 130 as `kilonode suite` does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

size=reduced
case ${1:-} in
    '') ;;
    --full) size=full ;;
    *)
        echo "fidelity.sh: got '$1', expected nothing or --full" >&2
        exit 2
        ;;
esac
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
seeds=${KILONODE_FIDELITY_SEEDS:-1..5} jobs=${KILONODE_FIDELITY_JOBS:-$((cores < 2 ? cores : 2))}
reduced=${KILONODE_FIDELITY_OUT:-target/fidelity}
out=$reduced$([ "$size" = reduced ] || echo -full)
only=${KILONODE_FIDELITY_ONLY:-} more=${KILONODE_FIDELITY_FLAGS:-}
unset KILONODE_FIDELITY_SEEDS KILONODE_FIDELITY_JOBS KILONODE_FIDELITY_OUT KILONODE_FIDELITY_ONLY KILONODE_FIDELITY_FLAGS
targets=scenarios/evidence/targets.csv
page=docs/fidelity.md
# shellcheck source=benchmarks/pages.sh
. benchmarks/pages.sh

scale() { # scenario: the reduced scale that its first target with one says
    [ "$size" = reduced ] || { echo 1; return; }
    awk -F, -v name="$1" '$1 == name && $2 != "" { print $2; found = 1; exit } END { if (!found) print 1 }' "$targets"
}

folders=()
for file in scenarios/evidence/*.yaml; do
    [ -e "$file" ] || { echo "fidelity.sh: no scenario in scenarios/evidence" >&2; exit 2; }
    name=$(basename "$file" .yaml)
    if [ -z "$only" ] || [[ " $only " == *" $name "* ]]; then
        factor=$(scale "$name")
        echo "== $name, scale $factor, seeds $seeds"
        status=0
        # shellcheck disable=SC2086 # several flags
        ./kilonode suite "$file" --seeds "$seeds" --jobs "$jobs" --skip-done --out "$out/$name" --scale "$factor" $more || status=$?
        # a run that fails its checks is a result; so is one with too little data
        case $status in 0 | 1 | 3) ;; *) exit "$status" ;; esac
    fi
    # both sizes, where there are both: so one sees what the reduced scale gives away
    for made in "$reduced/$name" "$reduced-full/$name"; do [ ! -e "$made/suite.json" ] || folders+=("$made"); done
done

./kilonode table "${folders[@]}" --targets "$targets" >"$out/table.md"
{
    echo "Made by \`benchmarks/fidelity.sh\`${more:+ with $more}; rows with another number of nodes than the rest of their scenario are of \`--full\`."
    echo
    cat "$out/table.md"
} | into_page "$page" evidence
echo "wrote the table of $page"
