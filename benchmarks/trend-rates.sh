#!/usr/bin/env bash
# How often a check over a trend fails, passes and is inconclusive: noise of every length of memory, with and without a drift, by simulation.
# Writes the tables of docs/checks.md. The seeds are fixed, so that the same code gives the same tables. A few minutes on a core.
#
#   benchmarks/trend-rates.sh             the tables
#   benchmarks/trend-rates.sh critical    prints the tables that stand in LeastFavourableWeights.java and CriticalValues.java, from 5,000 trials each
#
#   KILONODE_TREND_TRIALS    of each cell, 1000
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=benchmarks/pages.sh
. benchmarks/pages.sh

mvn -q -B -pl reports -am test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath
rates() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "reports/target/test-classes:reports/target/classes:$(cat reports/target/test.classpath)" \
        dev.kilonode.reports.statistics.TrendRates "$@"
}
if [ "${1:-}" = critical ]; then
    rates critical 5000
    exit
fi
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
rates "${KILONODE_TREND_TRIALS:-1000}" >"$tables"
into_page docs/checks.md trend-rates <"$tables"
echo "wrote the tables of docs/checks.md"
