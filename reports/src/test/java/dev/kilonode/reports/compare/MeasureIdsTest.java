package dev.kilonode.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import org.junit.jupiter.api.Test;

class MeasureIdsTest {

    @Test
    void everyJudgedMeasureIsAStatisticOfAMetric() {
        for (Measure measure : Measure.JUDGED) {
            int dot = measure.id().lastIndexOf('.');
            Metric metric = Metric.byId(measure.id().substring(0, dot)).orElseThrow();
            assertThat(metric.stats()).as(measure.id()).contains(measure.id().substring(dot + 1));
        }
    }
}
