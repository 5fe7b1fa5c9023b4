package dev.kilonode.simulator.experiments.evidence;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A published value, and where to find the corresponding value in the runs of a scenario.
 *
 * @param scenario name of the scenario
 * @param published the value in words
 * @param metric metric and statistic; empty for {@link TargetKind#CHECKS}
 * @param where labels that the metric's series must have
 * @param span the part of the run
 * @param against if not null, the value is divided by the value over this part
 * @param againstScenario if not empty, the value is divided by that of this scenario's run with the same seed, over the same part
 * @param per {@code node}: divided by the number of nodes; {@code 1000-nodes}: scaled to 1000 nodes; empty: unchanged
 * @param low least published value; negative infinity if there is none
 * @param high greatest published value; infinity if there is none
 * @param source where it was published
 * @param remark a note for readers of the row
 */
record Target(
        String scenario,
        String published,
        String metric,
        String stat,
        Map<String, String> where,
        TimeRange span,
        @Nullable TimeRange against,
        String againstScenario,
        String per,
        TargetKind kind,
        double low,
        double high,
        String source,
        String remark) {

    /** Whether {@code value} is close enough to the published values. */
    boolean holds(double value) {
        return value >= least() && value <= most();
    }

    double least() {
        return low > 0 ? low * kind.less : low;
    }

    double most() {
        return high * kind.more;
    }
}
