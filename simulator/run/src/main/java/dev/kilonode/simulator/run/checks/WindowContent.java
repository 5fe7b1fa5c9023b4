package dev.kilonode.simulator.run.checks;

import dev.kilonode.metrics.Aggregate;
import dev.kilonode.metrics.Metric;
import java.util.Map;

/** What a window that is complete holds. */
public interface WindowContent {

    /** All series of {@code metric} whose labels match, together; a new object, or one that is not changed any more. */
    Aggregate of(Metric metric, Map<String, String> where);
}
