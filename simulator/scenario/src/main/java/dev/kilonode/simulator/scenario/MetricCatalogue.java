package dev.kilonode.simulator.scenario;

import java.util.List;

/** The metrics that a run produces, as far as checks need to know them. The code that executes runs supplies it. */
@FunctionalInterface
public interface MetricCatalogue {
    List<MetricShape> metrics();
}
