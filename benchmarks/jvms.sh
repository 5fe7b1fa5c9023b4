#!/usr/bin/env bash
# One JVM and several side by side, alternating, with a thousand nodes over TCP: how long all need to connect when all join at once, how many
# messages a second they deliver under more load than they can carry, and what the control plane costs. It prints; it does not judge.
# Some 6 minutes a pair on two idle cores.
#
#   benchmarks/jvms.sh [PAIRS]     3 pairs
#
#   KILONODE_JVMS_NODES    1000
#   KILONODE_JVMS_CONNECT  length of a run that connects, 60s
#   KILONODE_JVMS_LOAD     length of a run under load, 90s
#   KILONODE_JVMS_OUT      where the runs are left, target/jvms
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pairs=${1:-3} nodes=${KILONODE_JVMS_NODES:-1000} connect=${KILONODE_JVMS_CONNECT:-60s} load=${KILONODE_JVMS_LOAD:-90s}
out=${KILONODE_JVMS_OUT:-target/jvms}
unset "${!KILONODE_@}" # the command would take them for its flags
rm -rf "$out"
mkdir -p "$out"
./kilonode version >/dev/null

run() { # name, flags: prints the run's windows.csv
    local results=$out/$1 status=0
    shift
    ./kilonode run scenarios/thousand.yaml --out "$results" --set 'checks=[]' --set report.png=false --set wall.link=tcp \
        --set nodes.count="$nodes" --set nodes.join-over=0s --set metrics.window=1s --set workload.phases=[] -q "$@" >"$out/run.log" 2>&1 || status=$?
    case $status in 0 | 3) ;; *) cat "$out/run.log" >&2 && exit "$status" ;; esac
    find "$results" -name windows.csv
}

connected() { # windows.csv: seconds until the nodes know 95 % of the peers that they know in the end
    awk -F, '$3 == "registry.peers" && $5 == "mean" { end[++n] = $2; peers[n] = $6 }
        END { for (i = 1; i <= n; i++) if (peers[i] >= 0.95 * peers[n]) { printf "%.0f\n", end[i] / 1e3; exit } }' "$1"
}

delivered() { # windows.csv: messages a second in the last half of the run
    awk -F, '$3 == "transport.delivered" && $5 == "count" { sum[$2] += $6; if ($2 > last) last = $2 }
        END { for (end in sum) if (end > last / 2) { total += sum[end]; n++ } printf "%.0f\n", total / n }' "$1"
}

mean() { # windows.csv, metric: the mean over workers and over the last half of the run
    awk -F, -v metric="$2" '$3 == metric && $5 == "mean" { value[++n] = $6 }
        END { for (i = int(n / 2) + 1; i <= n; i++) sum += value[i]; printf "%.5f\n", sum / (n - int(n / 2)) }' "$1"
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

echo "pair,connect_1_s,connect_4_s,ratio,delivered_1,delivered_2,ratio,control_cores,control_bytes_s"
for pair in $(seq "$pairs"); do
    for one in $([ $((pair % 2)) = 1 ] && echo "1 4" || echo "4 1"); do
        flags=() && [ "$one" = 1 ] || flags=(--jvms "$one")
        eval "connect$one=$(run "connect-$pair-$one" --duration "$connect" "${flags[@]}")"
    done
    for one in $([ $((pair % 2)) = 1 ] && echo "1 2" || echo "2 1"); do
        flags=() && [ "$one" = 1 ] || flags=(--jvms "$one")
        eval "load$one=$(run "load-$pair-$one" --duration "$load" --set dht.notifications.rate=40/s "${flags[@]}")"
    done
    # shellcheck disable=SC2154 # set by eval
    c1=$(connected "$connect1") c4=$(connected "$connect4") d1=$(delivered "$load1") d2=$(delivered "$load2")
    echo "$pair,$c1,$c4,$(ratio "$c4" "$c1"),$d1,$d2,$(ratio "$d2" "$d1"),$(mean "$connect4" tester.control-cpu),$(mean "$connect4" tester.control-bytes)"
done
