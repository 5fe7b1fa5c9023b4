package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.run.ExitCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, exit codes, streams. */
@DisabledOnOs(OS.WINDOWS)
class ChildProcessTest {

    /** Long past what a test waits for; the bound is against hanging only. */
    private static final long BOUND_SECONDS = 120;

    /** Column of a socket's number in the system's tables. */
    private static final int INODE = 9;

    private static final List<String> ENDLESS =
            List.of("nodes.count=16", "nodes.per-host=4", "duration=10000h", "metrics.window=1h");

    @TempDir
    Path out;

    private @Nullable Process process;

    @AfterEach
    void leaveNobodyBehind() {
        if (process != null) process.destroyForcibly();
    }

    /** A process that was started in the background may have inherited that Ctrl-C is ignored; so do its children. */
    @Test
    void ctrlCInMidRunEndsWith130AndAReport() throws Exception {
        assumeFalse(ignoresInterrupts(), "this JVM ignores Ctrl-C");
        aSignalEndsTheRunWithAReport("INT", 130, "kilonode: INTERRUPTED (exit 130): interrupted by Ctrl-C after ");
    }

    @Test
    void terminationInMidRunEndsWith143AndAReport() throws Exception {
        aSignalEndsTheRunWithAReport(
                "TERM", 143, "kilonode: TERMINATED (exit 143): interrupted by a request to stop after ");
    }

    private void aSignalEndsTheRunWithAReport(String signal, int exit, String lastLine) throws Exception {
        Process child = start(Commands.onSmokeLine("run", out, ENDLESS, "--progress", "plain"));
        BufferedReader err = child.errorReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        within(() -> readUntil(err, "% ", lines));
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start();
        assertThat(kill.waitFor()).isZero();
        within(() -> readUntil(err, null, lines));
        assertThat(child.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(String.join("\n", lines)).isEqualTo(exit);
        Path run = Commands.onlyRun(out);
        assertThat(lines.get(lines.size() - 1)).startsWith(lastLine).endsWith(": " + run.resolve("report.html"));
        assertThat(Files.readString(run.resolve("report.html")).strip()).endsWith("</html>");
        assertThat(RunData.read(run).manifest().status()).isEqualTo(Manifest.ABORTED);
        String all = String.join("\n", lines);
        assertThat(all).doesNotContain("Exception").doesNotContain("\u001b");
    }

    static boolean ignoresInterrupts() throws IOException {
        return ignores(2);
    }

    /** Whether this process, and with it its children, ignores a signal: the mask's bit 0 is that of signal 1. */
    static boolean ignores(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return false;
        String mask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(mask, 16) & 1L << signal - 1) != 0;
    }

    @Test
    void afterAKillTheReportCanStillBeMadeAndSaysCrashed() throws Exception {
        Path junit = out.resolve("junit.xml");
        Process child =
                start(Commands.onSmokeLine("run", out, ENDLESS, "--progress", "plain", "--junit", junit.toString()));
        BufferedReader err = child.errorReader(StandardCharsets.UTF_8);
        within(() -> readUntil(err, "% ", new ArrayList<>()));
        child.destroyForcibly();
        assertThat(child.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(junit).content().contains("tests=\"1\"", "errors=\"1\"", "NOT ENDED");
        Path run = Commands.onlyRun(out);
        assertThat(run.resolve("report.html")).doesNotExist();
        Commands.Said said = Commands.kilonode(List.of("report", run.toString()));
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(said.lastLine()).startsWith("kilonode: INCONCLUSIVE (exit 3): the run crashed or was killed");
        assertThat(RunData.read(run).manifest().status()).isEqualTo(Manifest.CRASHED);
        assertThat(Files.readString(run.resolve("report.html"))).contains("crashed or was killed");
        assertThat(Files.readString(run.resolve("junit.xml"))).contains("<error", "crashed or was killed");
    }

    @Test
    void aRunHasNoNetworkSocket() throws Exception {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc), "kernel: does not show the open files of a process");
        Process child = start(Commands.onSmokeLine("run", out, ENDLESS, "--progress", "plain"));
        BufferedReader err = child.errorReader(StandardCharsets.UTF_8);
        within(() -> readUntil(err, "% ", new ArrayList<>()));
        Path files = proc.resolve(Long.toString(child.pid()));
        List<String> open = openFiles(files.resolve("fd"));
        assertThat(open).anyMatch(file -> file.endsWith("windows.csv"));
        for (String kind : List.of("tcp", "tcp6", "udp", "udp6")) {
            List<String> sockets = networkSockets(files.resolve("net").resolve(kind));
            assertThat(open).as(kind).doesNotContainAnyElementsOf(sockets);
        }
    }

    /** All of the system, as a process's list of open files names them; the JVM has a pair of local ones for itself. */
    private static List<String> networkSockets(Path table) throws IOException {
        if (!Files.exists(table)) return List.of("none");
        List<String> names = new ArrayList<>(List.of("none"));
        try (Stream<String> rows = Files.lines(table)) {
            rows.skip(1).forEach(row -> names.add("socket:[" + row.strip().split("\\s+")[INODE] + "]"));
        }
        return names;
    }

    private static List<String> openFiles(Path folder) throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
            for (Path link : links) open.add(Files.readSymbolicLink(link).toString());
        }
        return open;
    }

    @Test
    void theVerdictIsTheLastLineOnStderrAndTheExitCode() throws Exception {
        Process child = start(Commands.onSmokeLine("run", out, Commands.SMALL, "--set", "checks[0].limit=1000"));
        BufferedReader err = child.errorReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        within(() -> readUntil(err, null, lines));
        assertThat(child.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(String.join("\n", lines)).isEqualTo(1);
        assertThat(lines.get(lines.size() - 1)).startsWith("kilonode: FAIL (exit 1): 1 of 4 checks failed: ");
    }

    private Process start(List<String> arguments) throws IOException {
        Process child = Commands.process("-Xmx256m", arguments)
                .redirectOutput(new File(out.toFile(), "stdout.txt"))
                .start();
        process = child;
        return child;
    }

    private static void within(Runnable reading) throws Exception {
        CompletableFuture.runAsync(reading).get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    /** Reads up to a line that has {@code wanted} in it, or to the end where that is null. */
    private static void readUntil(BufferedReader from, @Nullable String wanted, List<String> lines) {
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                lines.add(line);
                if (wanted != null && line.contains(wanted)) return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (wanted != null) throw new AssertionError("no line with " + wanted + " in " + lines);
    }
}
