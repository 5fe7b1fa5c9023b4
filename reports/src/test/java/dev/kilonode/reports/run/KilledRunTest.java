package dev.kilonode.reports.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.model.ReportModel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRunTest {

    @TempDir
    Path root;

    @Test
    void aRunKilledInItsMidstIsReadableAndReportedAsCrashed() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesUntilKilled.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path directory;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            directory = Path.of(Objects.requireNonNull(out.readLine()));
            assertThat(RunData.read(directory).manifest().status()).isEqualTo(Manifest.RUNNING);
        } finally {
            process.destroyForcibly().waitFor();
        }
        RunData data = RunData.read(directory);
        assertThat(data.manifest().status()).isEqualTo(Manifest.CRASHED);
        assertThat(data.unreadableRows()).isZero();
        assertThat(Objects.requireNonNull(data.series("transport.delivered", "", "rate"))
                        .size())
                .isGreaterThanOrEqualTo(900);

        ReportModel model = Reporter.write(directory);
        assertThat(model.reason()).startsWith("the run crashed or was killed");
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("crashed or was killed", "of 1 h planned");
        assertThat(Files.readString(directory.resolve("junit.xml"))).contains("<error");
        assertThat(Files.readString(directory.resolve("summary.md"))).contains("crashed or was killed");
        assertThat(directory.resolve("charts/messages.png")).isNotEmptyFile();
    }
}
