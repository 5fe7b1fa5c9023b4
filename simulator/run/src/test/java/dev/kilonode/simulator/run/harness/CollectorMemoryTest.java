package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory of metrics and checks is the same after sixty hours as after ten: windows are written to disk, and only sums stay in memory.
 */
class CollectorMemoryTest {

    /** Much longer than the program needs; it only protects against hanging. */
    private static final long BOUND_MINUTES = 10;

    @TempDir
    Path out;

    @Test
    void memoryIsTheSameAfterTenAndAfterSixtyHours() throws Exception {
        File said = out.resolve("said.txt").toFile();
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WeighedRun.class.getName(),
                        out.resolve("results").toString())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        try {
            assertThat(run.waitFor(BOUND_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            run.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(said.toPath());
        assertThat(run.exitValue()).as(String.join("\n", lines)).isZero();
        List<Long> bytes = lines.stream()
                .filter(line -> line.matches("[0-9]+"))
                .map(Long::valueOf)
                .toList();
        assertThat(bytes).as(String.join("\n", lines)).hasSize(2);
        assertThat(bytes.get(1)).isCloseTo(bytes.get(0), within(bytes.get(0) / 20));
    }
}
