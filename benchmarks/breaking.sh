#!/usr/bin/env bash
# Tries to break Kilonode: corrupt run folders, accepted mutations of scenarios, bad surroundings, kills, dials over QUIC that run out beside
# busy processes. Nothing may end with exit code 70, hang, pass silently or end with a wrong code. Exits 0 if nothing did, 1 otherwise.
# Some 30 minutes on two cores. The first three are tests, which ./verify runs at small scale.
#
#   KILONODE_BREAKING_MUTATIONS   accepted mutations that are run, 500
#   KILONODE_BREAKING_KILLS       runs that are killed at a moment drawn by chance, 20
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mutations=${KILONODE_BREAKING_MUTATIONS:-500} kills=${KILONODE_BREAKING_KILLS:-20}
unset KILONODE_BREAKING_MUTATIONS KILONODE_BREAKING_KILLS
out=target/breaking
rm -rf "$out"
mkdir -p "$out"
broken=0

say() { printf '%s\n' "$*"; }

wrong() {
    say "   BROKEN  $*"
    broken=$((broken + 1))
}

ends() { # name, exit codes that are right, command...: in time, with one of them and with a last line that says so
    local name=$1 right=$2 status=0 log last
    shift 2
    log=$out/$(printf '%s' "$name" | tr -c 'a-zA-Z0-9\n' '-').log
    timeout -k 10 300 "$@" </dev/null >"$log" 2>&1 || status=$?
    last=$(tail -n 1 "$log")
    case " $right " in *" $status "*) ;; *) wrong "$name: exit $status, expected one of $right: $last" && return ;; esac
    case $last in "kilonode: "*"(exit $status): "*) say "   ok      $name: ${last:0:120}" ;; *) wrong "$name: last line: $last" ;; esac
}

./kilonode version >/dev/null 2>&1 || wrong "the build" # so that nothing below waits for it

say "== Corrupt folders, mutations, surroundings"
mvn -B -q -pl simulator/cli -am test -Dtest='RunCorruptionTest,AcceptedMutationsTest,MutationTest,SurroundingsTest' \
    -Dsurefire.failIfNoSpecifiedTests=false -Dkilonode.mutations="$mutations" >"$out/tests.log" 2>&1 ||
    wrong "the tests: see $out/tests.log"
grep -h -o '<testsuite [^>]*' simulator/*/target/surefire-reports/TEST-*.xml | sed 's/.* name="\([^"]*\)".* tests="\([0-9]*\)".*/   \1: \2 tests/' | sort -u

say "== $kills kills"
early=0
for i in $(seq "$kills"); do
    KILONODE_JAVA_OPTS=-Xmx512m ./kilonode run scenarios/smoke.yaml --duration 30d --set metrics.window=10m --seed "$i" --name "kill-$i" --out "$out/kills" -q >/dev/null 2>&1 &
    launcher=$!
    sleep "$((3 + RANDOM % 7)).$((RANDOM % 10))"
    pkill -KILL -P "$launcher" 2>/dev/null
    wait "$launcher" 2>/dev/null
    run=$(find "$out/kills/kill-$i" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | head -n 1)
    if [ -z "$run" ]; then
        early=$((early + 1))
        continue
    fi
    ends "report after kill $i" 3 ./kilonode report "$run"
    if grep -q '"the data are damaged' "$run/summary.json"; then wrong "kill $i left damaged data: $run"; fi
    ends "check after kill $i" 3 ./kilonode check "$run"
done

say "   $early of them before the run had a folder"
[ "$early" -lt "$kills" ] || wrong "no run had begun when it was killed"

say "== QUIC beside six busy processes"
busy=()
for _ in 1 2 3 4 5 6; do
    (while :; do :; done) &
    busy+=($!)
done
trap 'kill "${busy[@]}" 2>/dev/null' EXIT
cat >"$out/short-dial.yaml" <<'YAML'
name: short-dial
clock: wall
duration: 20s
hosts: [{name: m, count: 4, cores: 2}]
nodes: {count: 16, per-host: 4, bootstraps: 1, join-over: 5s}
workload: {uploaders: {count: 0}}
wall: {link: quic}
metrics: {window: 1s}
report: {png: false}
YAML
for dial in 20 45 60 90 150 200; do
    ends "dials of $dial ms" "0 3" ./kilonode run "$out/short-dial.yaml" --set "network.dial-timeout=${dial}ms" --out "$out/quic"
done
kill "${busy[@]}" 2>/dev/null

say
[ "$broken" -eq 0 ] && say "nothing broke" || say "$broken broke"
[ "$broken" -eq 0 ]
