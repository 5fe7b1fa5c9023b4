package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;
import java.util.Map;

/** A pass/fail rule on one metric. */
public record Check(
        @Setting("name of the check; if empty: metric and statistic, joined") @Range(min = "0", max = "200")
        String id,

        @Setting("metric that the check evaluates") @Range(min = "1", max = "100")
        String metric,

        @Setting("statistic of the metric: count, rate, ratio, mean, min, max, p50, p95, p99")
        @Range(min = "1", max = "20")
        String stat,

        @Setting("comparison of the value with the limit that must hold: <, <=, >, >=, == or !=")
        @Range(min = "1", max = "2")
        String op,

        @Setting("limit, in the unit of the metric: 5min, 5%, 1000; over a trend: the change in per cent, 10% if not"
                + " given")
        @Range(min = "0", max = "100")
        String limit,

        @Setting("labels of the metric to select, such as cause: full") @Range(min = "0", max = "200")
        Map<String, String> where,

        @Setting("part of the run that is evaluated: run (all of it), phase NAME, window 10m (every ten minutes of it),"
                + " or trend (the change from the beginning to the end)")
        @Range(min = "1", max = "200")
        String over,

        @Setting("over a window: how long the value must violate the limit before the check fails; 0s: at once")
        @Range(min = "0s", max = "1000d")
        Duration for_,

        @Setting("fail: the run fails; warn: reported, and a failure with --fail-on warn; info: only reported")
        @Range(min = "1", max = "20")
        String severity,

        @Setting("over a window or a phase: ends the run when the check fails")
        boolean abort,

        @Setting("with abort: how long the run continues before it is ended; it is not ended if the value recovers"
                + " meanwhile")
        @Range(min = "0s", max = "1000d")
        Duration grace,

        @Setting("with fewer samples the check is inconclusive; over a window or a trend: windows with fewer are left"
                + " out")
        @Range(min = "1", max = "1000000000")
        int minSamples,

        @Setting("reason for the limit; shown when the check fails") @Range(min = "0", max = "10000")
        String because) {

    /** Limit of a trend when the check does not state one. */
    private static final String USUAL_CHANGE = "10%";

    public Check {
        if (id.isEmpty()) id = metric + "-" + stat + (over.equals("trend") ? "-trend" : "");
        if (limit.isEmpty() && over.equals("trend")) limit = (op.startsWith(">") ? "-" : "") + USUAL_CHANGE;
    }
}
