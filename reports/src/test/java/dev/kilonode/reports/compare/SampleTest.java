package dev.kilonode.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleTest {

    /** A start at a whole second has no fraction, so that its text comes after those of the second. */
    @Test
    void runsAreOrderedByTimeAndNotByText() {
        List<String> ordered = Stream.of(
                        "2026-11-30T19:32:05.001Z",
                        "2026-11-30T19:32:05Z",
                        "2026-11-30T19:32:04.999Z",
                        "",
                        "2026-11-30T19:32:05.100Z",
                        "2026-11-30T19:32:05.01Z")
                .map(startedAt -> new Sample("run", null, 1, startedAt, "tool", "", Map.of()))
                .sorted(Comparator.comparing(Sample::started))
                .map(Sample::startedAt)
                .toList();
        assertThat(ordered)
                .containsExactly(
                        "",
                        "2026-11-30T19:32:04.999Z",
                        "2026-11-30T19:32:05Z",
                        "2026-11-30T19:32:05.001Z",
                        "2026-11-30T19:32:05.01Z",
                        "2026-11-30T19:32:05.100Z");
    }
}
