package dev.kilonode.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Path PAGE = Path.of("../docs/metrics.md");

    /** To write the page anew, run with {@code -Dkilonode.update=true}. */
    @Test
    void pageIsCurrent() throws IOException {
        String present = Files.readString(PAGE);
        if (Boolean.getBoolean("kilonode.update")) Files.writeString(PAGE, MetricsPage.markdown(present));
        assertThat(PAGE).content().isEqualTo(MetricsPage.markdown(present));
    }

    @Test
    void aMetricThatThePageLacksGoesToItsEnd() throws IOException {
        String present = Files.readString(PAGE);
        String row = present.lines()
                .filter(line -> line.startsWith("| `transport.drops` |"))
                .findFirst()
                .orElseThrow();
        String without = present.replace(row + "\n", "");
        assertThat(MetricsPage.markdown(without)).isEqualTo(without + row + "\n");
    }

    @Test
    void everyMetricHasAnIdOfItsOwnAndHelp() {
        assertThat(Metric.values()).extracting(Metric::id).doesNotHaveDuplicates();
        assertThat(Metric.values()).extracting(Metric::help).noneMatch(String::isBlank);
    }

    @Test
    void everyDimensionIsUsedAndHasDistinctValues() {
        for (Dimension dimension : Dimension.values()) {
            assertThat(Metric.values())
                    .as(dimension.name())
                    .anyMatch(metric -> metric.dimensions().contains(dimension));
            assertThat(dimension.labelValues()).as(dimension.name()).doesNotHaveDuplicates();
        }
    }
}
