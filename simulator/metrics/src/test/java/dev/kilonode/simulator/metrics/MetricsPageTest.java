package dev.kilonode.simulator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Path PAGE = Path.of("../../docs/metrics.md");

    /** To write the page anew, run with {@code -Dkilonode.update=true}. */
    @Test
    void pageIsCurrent() throws IOException {
        if (Boolean.getBoolean("kilonode.update")) Files.writeString(PAGE, MetricsPage.markdown());
        assertThat(PAGE).content().isEqualTo(MetricsPage.markdown());
    }

    @Test
    void everyMetricHasItsOwnNameAndAMeaning() {
        assertThat(Metric.values()).extracting(Metric::id).doesNotHaveDuplicates();
        assertThat(Metric.values()).extracting(Metric::meaning).noneMatch(String::isBlank);
    }
}
