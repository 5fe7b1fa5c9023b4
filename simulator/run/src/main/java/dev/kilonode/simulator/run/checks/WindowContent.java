package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.metrics.Metric;
import java.util.Map;

/** The content of a complete window. */
public interface WindowContent {

    /** All series of {@code metric} whose labels match, aggregated. A new object, or one that is no longer changed. */
    Aggregate of(Metric metric, Map<String, String> where);
}
