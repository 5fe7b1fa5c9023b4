package dev.kilonode.simulator.run.distributed;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import java.util.List;
import java.util.Set;

/**
 * Levels of the whole network: the sum over its processes at the same moment, which merged histograms of the processes do not tell. Workers
 * send their samples instead.
 */
final class Levels {

    /** What workers leave out of their windows. */
    static final Set<Metric> METRICS = Set.of(Metric.NODES_UP, Metric.UPLOADS_RUNNING);

    private Levels() {}

    /**
     * Records the sum of the samples of all workers at each moment.
     *
     * @param samples of each worker that reported, in order; a worker with fewer than another stays at its last level. Nothing is recorded if
     *     one of them has none, as its level is not known
     */
    static void record(MetricSet metrics, Metric metric, List<List<Integer>> samples) {
        if (samples.stream().anyMatch(List::isEmpty)) return;
        int most = samples.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < most; i++) {
            long sum = 0;
            for (List<Integer> worker : samples) {
                sum += worker.get(Math.min(i, worker.size() - 1));
            }
            metrics.record(metric, sum);
        }
    }
}
