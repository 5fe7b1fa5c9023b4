package dev.kilonode.simulator.scenario;

import java.util.List;

/** The metrics that a run produces, as far as checks need to know them. Supplied by whoever carries out runs. */
@FunctionalInterface
public interface MetricCatalogue {
    List<MetricShape> metrics();
}
