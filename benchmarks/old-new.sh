#!/usr/bin/env bash
# Two checkouts, an old and a new one, side by side in alternating pairs: in virtual time the processor time, the allocated bytes and the
# events of a message; in wall time, over memory, the requests a second and the processor time of a request. For each it prints both
# medians and the ratio of new to old with its 95 % interval (Student's t on the logarithms of the pairs' ratios). It prints; it does not
# judge. Both run the old checkout's scenarios. Some 40 s a pair on two idle cores.
#
#   benchmarks/old-new.sh OLD NEW [PAIRS]    folders of checkouts; 20 pairs
#
#   KILONODE_PAIRS_SCENARIO   in virtual time, scenarios/quickstart.yaml
#   KILONODE_PAIRS_FLAGS      of each run, "--duration 2h"
#   KILONODE_PAIRS_OLD_FLAGS  of each run of the old side only, none: with one checkout on both sides it compares settings, such as
#                             KILONODE_PAIRS_OLD_FLAGS="--set invariants=off" benchmarks/old-new.sh . . 20
#   KILONODE_PAIRS_SECONDS    of each measurement in wall time, after as long a warm-up, 4; 0 for none
#   KILONODE_PAIRS_NODES      in wall time, 200
#   KILONODE_PAIRS_OUT        where pairs.csv is left, target/old-new
set -euo pipefail

[ $# -ge 2 ] || { echo "usage: benchmarks/old-new.sh OLD NEW [PAIRS]" >&2; exit 2; }
old=$(cd "$1" && pwd -P) new=$(cd "$2" && pwd -P) pairs=${3:-20}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scenario=$old/${KILONODE_PAIRS_SCENARIO:-scenarios/quickstart.yaml} flags=${KILONODE_PAIRS_FLAGS:---duration 2h}
old_flags=${KILONODE_PAIRS_OLD_FLAGS:-}
seconds=${KILONODE_PAIRS_SECONDS:-4} nodes=${KILONODE_PAIRS_NODES:-200} out=${KILONODE_PAIRS_OUT:-target/old-new}
unset "${!KILONODE_@}" # the command would take them for its flags
mkdir -p "$out"
out=$(cd "$out" && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

build() { # checkout; an older one has the benchmark among its tests
    cd "$1"
    ./kilonode --version >/dev/null
    if [ "$seconds" = 0 ]; then
        :
    elif [ -e benchmarks/pom.xml ]; then
        rm -rf benchmarks/target/lib
        mvn -q -B -pl benchmarks -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
    else
        mvn -q -B -pl node,reports,simulator test-compile
    fi
}

field() { # file, name: a number of summary.json, wherever it stands
    tr -d '\n' <"$1" | grep -o "\"$2\" *: *[0-9.E]*" | head -n 1 | sed 's/.*: *//'
}

virtual() { # checkout, more flags: us of processor, bytes and events a message
    local results=$out/run status=0 summary
    rm -rf "$results" "$out/gc.log"
    # shellcheck disable=SC2086 # several flags
    KILONODE_JAVA_OPTS="-Xlog:gc,gc+heap+exit:file=$out/gc.log" "$1/kilonode" run "$scenario" --out "$results" --set 'checks=[]' \
        --set report.png=false -q $flags $2 >"$out/run.log" 2>&1 || status=$?
    summary=$(find "$results" -name summary.json 2>/dev/null | head -n 1)
    [ -n "$summary" ] || { cat "$out/run.log" >&2; exit "$status"; }
    # What was allocated: what each collection found, without what the one before it left; and what there was at the end.
    awk -v cpu="$(field "$summary" cpu_ms)" -v messages="$(field "$summary" messages_delivered)" \
        -v events="$(field "$summary" engine.events)" '
        match($0, /[0-9]+M->[0-9]+M\(/) { split(substr($0, RSTART, RLENGTH), mib, /M->|M\(/); bytes += (mib[1] - left) * 1048576; left = mib[2] }
        /Gen .* used [0-9]+K/ { sub(/.* used /, ""); last += $0 * 1024 }
        END { printf "%.4f %.1f %.4f\n", cpu * 1e3 / messages, (bytes + last - left * 1048576) / messages, events / messages }' "$out/gc.log"
}

wall() { # checkout: requests a second, us of processor a request
    local class='' classes
    cd "$1"
    for classes in benchmarks/target/classes simulator/target/test-classes; do
        [ -n "$class" ] || class=$(cd "$classes" 2>/dev/null && find . -name TransportBenchmark.class | sed 's:^\./::; s:\.class$::; s:/:.:g')
        [ -z "$class" ] || break
    done
    [ -n "$class" ] || { echo "old-new.sh: no TransportBenchmark in $1" >&2; exit 4; }
    timeout 300 "$java" @jvm.options -XX:+UseParallelGC -Xmx3g -cp "$classes:target/launch/$(cat target/launch/current)/*" "$class" \
        "$old/benchmarks/transport.yaml" 10 unsigned 1000 "$seconds" wall.link=memory "nodes.count=$nodes" identity.algorithm=Ed25519 \
        2> >(grep -v SLF4J >&2) | cut -d ' ' -f 2-
}

for checkout in "$old" "$new"; do (build "$checkout"); done
echo "pair,side,us_cpu_per_message,bytes_per_message,events_per_message,requests_per_second,us_cpu_per_request" >"$out/pairs.csv"
for ((pair = 1; pair <= pairs; pair++)); do
    sides=(old new)
    [ $((pair % 2)) -eq 1 ] || sides=(new old)
    for side in "${sides[@]}"; do
        measured=$(virtual "${!side}" "$([ "$side" = new ] || echo "$old_flags")")
        [ "$seconds" = 0 ] || measured+=" $(wall "${!side}")"
        echo "$pair,$side,${measured// /,}" | tee -a "$out/pairs.csv"
    done
done

awk -F, '
    function median(side, column, i, j, n, t, sorted) {
        n = 0
        for (i = 1; i <= pairs; i++) sorted[++n] = at[side, i, column]
        for (i = 2; i <= n; i++) for (j = i; j > 1 && sorted[j - 1] > sorted[j]; j--) { t = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = t }
        return (sorted[int((n + 1) / 2)] + sorted[int(n / 2) + 1]) / 2
    }
    function student(df, z) { # the 97.5th percentile, after Cornish and Fisher; from 4 degrees of freedom on right to 1 %
        z = 1.959964
        return z + (z^3 + z) / (4 * df) + (5 * z^5 + 16 * z^3 + 3 * z) / (96 * df^2) + (3 * z^7 + 19 * z^5 + 17 * z^3 - 15 * z) / (384 * df^3)
    }
    NR == 1 { for (i = 3; i <= NF; i++) name[i] = $i; next }
    { for (i = 3; i <= NF; i++) at[$2, $1, i] = $i; pairs = $1 > pairs ? $1 : pairs; columns = NF }
    END {
        printf "%-24s %14s %14s %8s   %s\n", "", "old", "new", "new/old", "95 % interval, " pairs " pairs"
        for (c = 3; c <= columns; c++) {
            mean = spread = 0
            for (p = 1; p <= pairs; p++) { ratio[p] = log(at["new", p, c] / at["old", p, c]); mean += ratio[p] / pairs }
            for (p = 1; p <= pairs; p++) spread += (ratio[p] - mean)^2
            half = pairs > 1 ? student(pairs - 1) * sqrt(spread / (pairs - 1) / pairs) : 0
            printf "%-24s %14.2f %14.2f %8.4f   %.4f to %.4f\n", name[c], median("old", c), median("new", c), exp(mean), exp(mean - half), exp(mean + half)
        }
    }' "$out/pairs.csv"
