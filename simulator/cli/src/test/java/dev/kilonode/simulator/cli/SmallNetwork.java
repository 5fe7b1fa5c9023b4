package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.WorkerRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A run of a dozen nodes in wall time over several processes, and its results. */
final class SmallNetwork {

    static final int NODES = 12;
    static final int HOSTS = 6;

    private static final String SCENARIO = """
        name: small
        duration: 12s
        clock: wall
        hosts: [{name: machines, count: 6, cores: 2}]
        nodes: {count: 12, per-host: 2, bootstraps: 2, join-over: 2s}
        workload:
          uploaders: {count: 1, start-after: 4s, start-spread: 1s, every: 2s}
          upload: {file-size: 1MB, payment: 100ms}
        metrics: {window: 1s}
        wall: {link: tcp, first-address: %s}
        report: {png: false}
        checks: [{id: uploads, metric: upload.succeeded, stat: count, op: ">=", limit: 1}]
        """;

    private static final AtomicInteger MADE = new AtomicInteger();

    /** Of a small JVM that starts fast. */
    static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** For a test that ends the run itself. */
    static final String ENDLESS = "duration=1h";

    private static final Set<String> BUSY = Set.of("tester-kept-up");

    private final Path folder;
    private final Path scenario;

    /** @param folder of the scenario, the results and all temporary files */
    SmallNetwork(Path folder) {
        this.folder = folder;
        try {
            scenario = Files.writeString(folder.resolve("small.yaml"), SCENARIO.formatted(firstAddress()));
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two runs at the same time have different addresses, also if the other is of another build. */
    private static String firstAddress() {
        long process = ProcessHandle.current().pid();
        return "127." + (130 + process % 100) + "." + MADE.incrementAndGet() % 250 + ".1";
    }

    /** {@code run} with further flags. */
    List<String> run(List<String> flags, String... values) {
        List<String> line = new ArrayList<>(List.of(
                "run", scenario.toString(), "--out", folder.resolve("results").toString()));
        line.addAll(List.of("--progress", "plain"));
        line.addAll(flags);
        for (String value : values) line.addAll(List.of("--set", value));
        return line;
    }

    /** Where this test's processes and their children put temporary files. */
    Path temporary() {
        return folder.resolve("temporary");
    }

    /** Lets a process and its children put temporary files there. */
    ProcessBuilder confined(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("KILONODE_"));
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary());
        return builder.directory(folder.toFile());
    }

    /** The only run that there is. */
    Path directory() {
        List<Path> all = directories();
        assertThat(all).as("runs").hasSize(1);
        return all.get(0);
    }

    List<Path> directories() {
        Path runs = folder.resolve("results").resolve("small");
        if (!Files.isDirectory(runs)) return List.of();
        try (Stream<Path> all = Files.list(runs)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunData data() throws IOException {
        return RunData.read(directory());
    }

    /** The workers of a run that has begun. */
    List<WorkerRow> awaitWorkers() {
        Program.await(
                "a run that has begun", Program.BOUND, () -> !workersSoFar().isEmpty());
        return workersSoFar();
    }

    /** The workers as the manifest has them now; empty before the begin. */
    List<WorkerRow> workersSoFar() {
        if (!begun()) return List.of();
        try {
            return data().manifest().workers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a run that can be read: its folder is there before its manifest. */
    private boolean begun() {
        return !directories().isEmpty() && Files.exists(directory().resolve("manifest.json"));
    }

    /** Waits until the network is there: a window in which all nodes are up has been written. */
    void awaitNetwork() {
        Program.await("all nodes up", Program.BOUND, this::allUp);
    }

    private boolean allUp() {
        try {
            return begun() && mostUp(data()) == NODES;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most nodes that were up in a window. */
    static double mostUp(RunData data) {
        return values(data, "node.up", "", "max").max().orElse(0);
    }

    static DoubleStream values(RunData data, String metric, String labels, String stat) {
        MetricSeries series = data.series(metric, labels, stat);
        return series == null
                ? DoubleStream.empty()
                : IntStream.range(0, series.size()).mapToDouble(series::value);
    }

    /** Health checks that found the run unfit, but for those that a busy machine causes. */
    static List<String> unfit(RunData data) {
        return summary(data).health().stream()
                .filter(result -> !result.fit())
                .map(HealthResult::id)
                .filter(id -> !BUSY.contains(id))
                .toList();
    }

    static Summary summary(RunData data) {
        return Objects.requireNonNull(data.summary());
    }

    /** Asserts that a run has passed; on a machine that was too busy for its nodes, that it would have. */
    static void assertPassed(RunData data, int exit, String said) {
        assertThat(unfit(data)).as(said).isEmpty();
        boolean busy = summary(data).health().stream().anyMatch(result -> !result.fit());
        assertThat(exit).as(said).isEqualTo(busy ? 3 : 0);
        assertThat(summary(data).checks())
                .as(said)
                .allMatch(check -> check.status() == CheckResult.Status.PASS
                        || busy && check.status() == CheckResult.Status.INCONCLUSIVE);
        assertThat(data.manifest().status()).isEqualTo(Manifest.COMPLETE);
    }

    /** The event of a lost worker. */
    static EventRow lost(RunData data, int worker) {
        List<EventRow> events = data.events().stream()
                .filter(event -> event.name().equals("worker-" + worker + "-lost"))
                .toList();
        assertThat(events)
                .as("events of worker %d, of %s", worker, data.events())
                .hasSize(1);
        assertThat(events.get(0).type()).isEqualTo(EventRow.Type.FAULT);
        return events.get(0);
    }

    /** What processes have left. */
    List<String> left() {
        try (Stream<Path> files = Files.walk(temporary())) {
            return files.filter(file -> !file.equals(temporary()))
                    .map(file -> temporary().relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
