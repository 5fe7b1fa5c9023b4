package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.model.MetricSeries;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.WorkerRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        wall: {link: tcp, first-address: 127.77.0.1}
        report: {png: false}
        checks: [{id: uploads, metric: upload.succeeded, stat: count, op: ">=", limit: 1}]
        """;

    /** For a test that ends the run itself. */
    static final String ENDLESS = "duration=1h";

    private final Path folder;
    private final Path scenario;

    /** @param folder of the scenario, the results and all temporary files */
    SmallNetwork(Path folder) {
        this.folder = folder;
        try {
            scenario = Files.writeString(folder.resolve("small.yaml"), SCENARIO);
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code run} with further flags. */
    List<String> run(List<String> flags, String... values) {
        List<String> line = new ArrayList<>(
                List.of("run", scenario.toString(), "--out", folder.resolve("results").toString()));
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
    List<WorkerRow> awaitWorkers() throws InterruptedException {
        Program.await("a run that has begun", Program.BOUND, () -> !workersSoFar().isEmpty());
        return workersSoFar();
    }

    private List<WorkerRow> workersSoFar() {
        if (directories().isEmpty() || !Files.exists(directory().resolve("manifest.json"))) return List.of();
        try {
            return data().manifest().workers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the network is there: a window in which all nodes are up has been written. */
    void awaitNetwork() throws InterruptedException {
        Program.await("all nodes up", Program.BOUND, this::allUp);
    }

    private boolean allUp() {
        try {
            MetricSeries up = data().series("node.up", "", "max");
            return up != null && up.points().stream().anyMatch(point -> point.value() >= NODES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event of a lost worker. */
    static EventRow lost(RunData data, int worker) {
        List<EventRow> events = data.events().stream()
                .filter(event -> event.name().equals("worker-" + worker + "-lost"))
                .toList();
        assertThat(events).as("events of worker %d, of %s", worker, data.events()).hasSize(1);
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
