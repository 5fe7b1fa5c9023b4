package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantTest {

    @Test
    void theMetricHasALabelForEachInOrder() {
        assertThat(Dimension.INVARIANT.labelValues())
                .isEqualTo(
                        Arrays.stream(Invariant.values()).map(Invariant::label).toList());
    }

    @Test
    void thePageListsEachWithItsMeaning() throws IOException {
        List<String> page = Files.readAllLines(Path.of("../..", "docs", "invariants.md"));
        List<String> rows = page.stream().filter(line -> line.startsWith("| `")).toList();
        for (Invariant invariant : Invariant.values()) {
            assertThat(rows)
                    .contains("| `" + invariant.label() + "` | " + invariant.rule() + " | " + invariant.consequence()
                            + " |");
        }
        long ofRegistry = Arrays.stream(Invariant.values())
                .filter(Invariant::readsRegistry)
                .count();
        assertThat(ofRegistry).isEqualTo(5);
        assertThat(page.toString()).contains("Otherwise the first five are reported as not watched");
    }
}
