package dev.kilonode.simulator.experiments.evidence;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A published figure, and where to find its like in the runs of a scenario.
 *
 * @param scenario whose runs are looked at
 * @param published the figure in words
 * @param metric metric and statistic; empty for {@link TargetKind#CHECKS}
 * @param where labels that the metric's series must have
 * @param span the part of the run
 * @param against if not null: the value is divided by that over this part
 * @param againstScenario if not empty: the same stretch of this scenario's run with the same seed is divided by
 * @param per {@code node}: divided by the number of nodes; {@code 1000-nodes}: as if there were 1000; empty: as it is
 * @param low least published value; negative infinity: none
 * @param high greatest published value; infinity: none
 * @param source where it was published
 * @param remark what to know when reading the row
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

    /** Whether {@code value} is near enough to what was published. */
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
