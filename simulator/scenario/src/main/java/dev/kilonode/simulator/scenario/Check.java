package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;
import java.util.Map;

/** A pass or fail rule over one metric. */
public record Check(
        @Setting("name of the check; when empty: metric and statistic, joined") @Range(min = "0", max = "200")
        String id,

        @Setting("the metric it looks at") @Range(min = "1", max = "100")
        String metric,

        @Setting("the statistic of it: count, rate, ratio, mean, min, max, p50, p95, p99") @Range(min = "1", max = "20")
        String stat,

        @Setting("how the value must stand to the limit: <, <=, >, >=, == or !=") @Range(min = "1", max = "2")
        String op,

        @Setting(
                "the limit, with the unit of the metric: 5min, 5%, 1000; over a trend: the change in per cent, 10% if nothing is said")
        @Range(min = "0", max = "100")
        String limit,

        @Setting("labels the metric must have, such as cause: full") @Range(min = "0", max = "200")
        Map<String, String> where,

        @Setting(
                "stretch of the run it looks at: run (all of it), phase NAME, window 10m (every ten minutes of it), or trend (whether it changes from the beginning to the end)")
        @Range(min = "1", max = "200")
        String over,

        @Setting("over a window: how long the value must stay beyond the limit; 0s: once is enough")
        @Range(min = "0s", max = "1000d")
        Duration for_,

        @Setting("fail: the run fails; warn: said, and a failure with --fail-on warn; info: only said")
        @Range(min = "1", max = "20")
        String severity,

        @Setting("over a window or a phase: ends the run when the check fails")
        boolean abort,

        @Setting("with abort: the run goes on for so long, and to its end if the value comes back meanwhile")
        @Range(min = "0s", max = "1000d")
        Duration grace,

        @Setting(
                "fewer samples than this make the check inconclusive, never a pass; over a window or a trend: leave a window out")
        @Range(min = "1", max = "1000000000")
        int minSamples,

        @Setting("why the limit is what it is; shown when the check fails") @Range(min = "0", max = "10000")
        String because) {

    /** What a trend may come to where the check does not say. */
    private static final String USUAL_CHANGE = "10%";

    public Check {
        if (id.isEmpty()) id = metric + "-" + stat + (over.equals("trend") ? "-trend" : "");
        if (limit.isEmpty() && over.equals("trend")) limit = (op.startsWith(">") ? "-" : "") + USUAL_CHANGE;
    }
}
