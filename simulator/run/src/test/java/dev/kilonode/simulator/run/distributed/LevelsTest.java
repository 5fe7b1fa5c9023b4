package dev.kilonode.simulator.run.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelsTest {

    private final MetricSet metrics = new MetricSet(1, EnumSet.of(MetricSource.HARNESS));

    private double of(String stat) {
        return metrics.inWindow(Metric.NODES_UP, Map.of(), stat, 1);
    }

    @Test
    void aLevelOfTheWholeIsTheSumAtTheSameMoment() {
        Levels.record(metrics, Metric.NODES_UP, List.of(List.of(10, 2, 10), List.of(1, 9, 1)));
        assertThat(of("count")).isEqualTo(3);
        assertThat(of("min")).isEqualTo(11);
        assertThat(of("max")).isEqualTo(11);
    }

    @Test
    void aWorkerThatStoppedEarlierStaysAtItsLastLevelAndWithoutItsLevelThereIsNone() {
        Levels.record(metrics, Metric.NODES_UP, List.of(List.of(5, 6, 7), List.of(3)));
        assertThat(of("max")).isEqualTo(10);
        assertThat(of("min")).isEqualTo(8);
        Levels.record(metrics, Metric.NODES_UP, List.of(List.of(4, 4), List.of()));
        assertThat(of("count")).isEqualTo(3);
    }
}
