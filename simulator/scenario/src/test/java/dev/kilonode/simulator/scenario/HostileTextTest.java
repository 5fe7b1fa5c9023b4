package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are large, deep, broken or no text at all: words, and work that grows as the file does. */
class HostileTextTest {
    private final ScenarioLoader loader = new ScenarioLoader();

    @TempDir
    Path folder;

    private String message(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("s.yaml"), content);
        ScenarioException thrown = catchThrowableOfType(ScenarioException.class, () -> loader.load(file));
        assertThat(thrown).isNotNull();
        assertThat(thrown.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
        assertThat(thrown.getMessage()).doesNotContain("Exception", "java.").hasSizeLessThan(100_000);
        return String.valueOf(thrown.getMessage()).replace(folder + "/", "");
    }

    private String message(String content) throws IOException {
        return message(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNotTextAreReportedWithTheirPlace() throws IOException {
        assertThat(message("name: a\nseed: \0 1\n")).startsWith("s.yaml:2:7: got the character U+0000");
        assertThat(message(new byte[] {'a', ':', '\n', (byte) 0xff})).contains("not UTF-8 in line 2");
        assertThat(message("name: a".getBytes(StandardCharsets.UTF_16))).contains("not UTF-8 in line 1");
        assertThat(message("name: a\rseed: x\r")).startsWith("s.yaml:2:7: seed: got \"x\"");
        assertThat(message("\uFEFFname: a\nseed: x\n")).startsWith("s.yaml:2:7: seed: got \"x\"");
        assertThat(message("name: a\n\tseed: 1\n")).startsWith("s.yaml:2:1: not valid YAML");
        assertThat(message("--- \nname: a\n--- \nname: b\n")).contains("another document");
    }

    @Test
    void depthAndRepetitionAreBounded() throws IOException {
        assertThat(message("x-a: " + "[".repeat(10_000) + "]".repeat(10_000))).contains("Nesting Depth");
        assertThat(message("- ".repeat(10_000))).contains("Nesting Depth");
        assertThat(message("{a: ".repeat(10_000))).contains("Nesting Depth");
        assertThat(message("x-a: &a [*a]\n")).contains("too many nested or repeated values");
        StringBuilder bomb = new StringBuilder("x-0: &a0 [1, 1]\n");
        for (int i = 1; i < 40; i++) bomb.append("x-" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        assertThat(message(bomb.toString())).contains("s.yaml:");
    }

    @Test
    void hugeNumbersAndLongTextsAreShortenedInMessages() throws IOException {
        assertThat(message("seed: 1e999999999\n")).contains("seed: got 1e999999999, expected a whole number");
        assertThat(message("nodes: {count: 9999999999999999999999}\n"))
                .contains("expected 1 to 1000000; write 1000000");
        assertThat(message("seed: " + "9".repeat(100_000))).contains("999...", "expected a whole number");
        assertThat(message("name: " + "n".repeat(100_000))).contains("got 100000 characters, expected 1 to 100");
        assertThat(message("? " + "k".repeat(100_000) + "\n: 1\n")).contains("kkk...", "unknown key");
        assertThat(message("duration: " + "1h".repeat(50_000))).contains("larger units first");
    }

    @Test
    void problemsBeyondTheTwentiethAreCounted() throws IOException {
        assertThat(message(lines(100, i -> "wrong" + i + ": 1\n"))).endsWith("\nand 80 more");
    }

    @Test
    void errorsOfTypesAndOfRulesAreReportedTogether() throws IOException {
        String told = message("seed: x\nnodes: {bootstraps: 2000}\nmetrics: {window: 2h}\n");
        assertThat(told)
                .contains("seed: got", "nodes.bootstraps: got 2000 of 1000", "metrics.window: got a window longer");
        // what only follows from a value that could not be read is not told
        assertThat(message("duration: 10 hours\nfaults: [{name: f, kind: kill, at: 5h, lasting: 1m}]\n"))
                .contains("duration: got")
                .doesNotContain("faults[0]");
        assertThat(message("durration: 10h\nfaults: [{name: f, kind: kill, at: 5h, lasting: 1m}]\n"))
                .contains("did you mean duration?")
                .doesNotContain("faults[0]");
        assertThat(message("clock: wal\nfaults: [{name: f, kind: deaf, at: 1m, lasting: 1m}]\n"))
                .contains("clock: got")
                .doesNotContain("faults[0]");
        assertThat(message("seed: 1\nseed: 2\nnodes: {bootstraps: 2000}\n"))
                .contains("got this key twice", "got 2000 of");
    }

    @Test
    void extendsAcceptsRegularFilesOnly() throws IOException, InterruptedException {
        assertThat(message("extends: s.yaml\n")).contains("which in the end extends this file");
        assertThat(message("extends: .\n")).contains("extends: got the folder");
        assertThat(message("extends: none.yaml\n")).contains("there is no such file");
        Files.write(folder.resolve("huge.yaml"), new byte[(16 << 20) + 1]);
        assertThat(message("extends: huge.yaml\n")).contains("more than 16 MiB");
        for (int i = 0; i < 1000; i++)
            Files.writeString(folder.resolve(i + ".yaml"), "extends: " + (i + 1) + ".yaml\n");
        assertThat(message("extends: 0.yaml\n")).contains("a chain of more than 10 files");
        assumeTrue(pipe() != null, "kernel: no named pipes");
        assertThat(message("extends: pipe\n")).contains("a pipe or a device, expected a scenario file");
    }

    @Test
    void aScenarioMayComeThroughAPipe() throws IOException, InterruptedException {
        Path pipe = pipe();
        assumeTrue(pipe != null, "kernel: no named pipes");
        assertThat(through(pipe, "name: piped\n# " + "c".repeat(2 << 20))).isNull();
        assertThat(through(pipe, "")).hasMessageContaining("got nothing");
        assertThat(through(pipe, "#".repeat((16 << 20) + 1))).hasMessageContaining("more than 16 MiB");
    }

    private @Nullable Throwable through(Path pipe, String text) throws InterruptedException {
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, text);
            } catch (IOException e) {
                // the reader has read enough
            }
        });
        writer.start();
        Throwable thrown = catchThrowable(() -> loader.load(pipe));
        writer.join();
        return thrown;
    }

    private @Nullable Path pipe() throws InterruptedException {
        Path pipe = folder.resolve("pipe");
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0 ? pipe : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** What makes a file of {@code n} lines; each once took time in the square of them. */
    enum Large {
        UNKNOWN_KEYS(i -> "unknown" + i + ": 1\n"),
        NOTES(i -> "x-" + i + ": 1\n"),
        NESTED_NOTES(i -> (i == 0 ? "transport:\n" : "") + "  x-" + i + ": {a: 1}\n"),
        ONE_LINE(i -> (i == 0 ? "{" : "") + "unknown" + i + ": 1" + (i % 100 == 99 ? ",\n" : ", ")),
        PAIRS(i -> (i == 0 ? "network:\n  latency:\n    default: 1ms\n" : "") + "    one-r" + i + ": 1ms\n"),
        LABELS(i -> (i == 0 ? "checks:\n - metric: a\n   stat: b\n   op: c\n   where:\n" : "") + "    l" + i + ": 1\n"),
        CHECKS(i -> (i == 0 ? "checks:\n" : "") + "  - {metric: m" + i + ", stat: max, op: \"<\", over: trend}\n"),
        PHASE_CHECKS(
                i -> (i == 0 ? "checks:\n" : "") + "  - {metric: m" + i + ", stat: max, op: \"<\", over: phase p}\n"),
        TWICE(i -> "name: a\n");

        private final IntFunction<String> line;

        Large(IntFunction<String> line) {
            this.line = line;
        }

        String text(int n) {
            return lines(n, line) + (this == ONE_LINE ? "z: 1}" : "");
        }
    }

    /** Bytes allocated stand for work, as they do not depend on what else the machine does. */
    @ParameterizedTest
    @EnumSource(Large.class)
    void workGrowsAsTheFileDoes(Large large) throws IOException {
        allocated(large.text(100)); // classes are loaded
        long base = allocated("name: [");
        double few = allocated(large.text(2_000)) - base;
        double many = allocated(large.text(8_000)) - base;
        assertThat(many / few)
                .as(large + ": " + few + " and " + many + " bytes for four times the lines")
                .isLessThan(8);
    }

    private long allocated(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), text);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Throwable unused = catchThrowable(() -> loader.load(file));
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String lines(int n, IntFunction<String> line) {
        return IntStream.range(0, n).mapToObj(line).collect(Collectors.joining());
    }
}
