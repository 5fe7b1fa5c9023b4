package dev.kilonode.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shortest form of each benchmark, in a process of its own as the scripts start it, gives plausible figures. */
@Tag("once")
class BenchmarksTest {

    /** The bound is against a process that hangs. */
    private static final long BOUND_MINUTES = 3;

    @TempDir
    Path folder;

    /** What the program prints. */
    private List<String> run(Class<?> program, String... arguments) throws Exception {
        File printed = folder.resolve("printed.txt").toFile();
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(printed);
        // As the scripts do; else each QUIC codec reads the machine's certificates.
        builder.environment().put("SSL_CERT_FILE", "/dev/null");
        builder.environment().put("SSL_CERT_DIR", "/nonexistent");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(BOUND_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(printed.toPath());
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    /** The figures on the last line. */
    private static List<Double> figures(List<String> lines) {
        assertThat(lines).isNotEmpty();
        return List.of(lines.get(lines.size() - 1).split(" ")).stream()
                .map(Double::valueOf)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"ours, MEMORY", "bare, MEMORY", "ours, TCP", "bare, TCP", "bare, QUIC"})
    void endpointsConnectAndCarryRequests(String side, String link) throws Exception {
        List<Double> figures = figures(run(EndpointBenchmark.class, side, link, "6", "2", "8", "0.3"));
        assertThat(figures).hasSize(3).allSatisfy(figure -> assertThat(figure).isPositive());
        assertThat(figures.get(1)).as("requests a second").isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"ours", "streams"})
    void quicIsMeasuredBesideItsCost(String side) throws Exception {
        List<String> lines = run(QuicBenchmark.class, "6", "2", "8", "0.3", "Ed25519", side);
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("connections up +12\\.00 .*"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("requests of 1 KiB per second +[1-9].*"));
    }

    @ParameterizedTest
    @CsvSource({"signed", "unsigned"})
    void theWholeTransportConnectsAndCarriesRequests(String signatures) throws Exception {
        List<Double> figures = figures(run(
                TransportBenchmark.class,
                "transport.yaml",
                "2",
                signatures,
                "8",
                "0.3",
                "wall.link=memory",
                "nodes.count=8",
                "identity.algorithm=Ed25519"));
        assertThat(figures).hasSize(3).allSatisfy(figure -> assertThat(figure).isPositive());
        assertThat(figures.get(1)).as("requests a second").isGreaterThan(10);
    }

    @Test
    void jmhFindsAndRunsTheMicrobenchmarks() throws Exception {
        List<String> lines = run(org.openjdk.jmh.Main.class, "-f", "0", "-wi", "0", "-i", "1", "-r", "50ms");
        for (String benchmark : List.of("alone", "burst")) {
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line)
                            .matches("InboundMessageBenchmark\\." + benchmark + " +avgt +[1-9][0-9]*[.][0-9]+ +ns/op"));
        }
    }
}
