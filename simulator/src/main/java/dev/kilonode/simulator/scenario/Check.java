package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Setting;
import java.util.Map;

/** A pass or fail rule over one metric of the whole run. */
public record Check(
        @Setting("name of the check; when empty: metric and statistic, joined")
        String id,

        @Setting("the metric it looks at") String metric,

        @Setting("the statistic of it: count, rate, ratio, mean, min, max, p50, p95, p99")
        String stat,

        @Setting("how the value must stand to the limit: <, <=, >, >=, == or !=")
        String op,

        @Setting("the limit, with the unit of the metric: 5min, 5%, 1000")
        String limit,

        @Setting("labels the metric must have, such as cause: full")
        Map<String, String> where,

        @Setting("stretch of the run it is evaluated over: run")
        String over,

        @Setting("fail: the run fails; warn and info: only said")
        String severity,

        @Setting("fewer samples than this make the check inconclusive, never a pass")
        int minSamples,

        @Setting("why the limit is what it is; shown when the check fails")
        String because) {
    public Check {
        if (id.isEmpty()) id = metric + "-" + stat;
    }
}
