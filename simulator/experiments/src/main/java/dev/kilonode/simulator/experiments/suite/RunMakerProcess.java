package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.simulator.run.FileTree;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.distributed.RunMaker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes each run of a worker in a process of its own, and sends its folder to the coordinator. */
public final class RunMakerProcess implements RunMaker {

    private static final long LOOK_MILLIS = 50;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ProcessLauncher processes;
    private final @Nullable Path plugins;

    /** @param plugins the worker's own jars of designs; null for none */
    public RunMakerProcess(ProcessLauncher processes, @Nullable Path plugins) {
        this.processes = processes;
        this.plugins = plugins;
    }

    @Override
    public void make(Command.Make run, Path scenario, CoordinatorLink link, BooleanSupplier stop)
            throws IOException, InterruptedException {
        Path own = Objects.requireNonNull(scenario.getParent());
        Path results = own.resolve("results");
        Path log = own.resolve("run.log");
        Process process = processes.start(line(run, scenario, results), log);
        try {
            long toldNanos = System.nanoTime();
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean()) return;
                if (System.nanoTime() - toldNanos < REPORT_NANOS) continue;
                toldNanos = System.nanoTime();
                link.send(new Report.Making(run.lease(), new RunLog(log).done()));
            }
            Map<String, Long> files = send(results, run.lease(), link, stop);
            Path output = ProcessLauncher.output(log).toPath();
            link.send(new Report.Made(
                    run.lease(), process.exitValue(), Files.readString(output), new RunLog(log).lastLine(), files));
        } finally {
            Process ended = process.destroyForcibly();
            ended.waitFor();
            FileTree.delete(own);
        }
    }

    private List<String> line(Command.Make run, Path scenario, Path results) {
        List<String> line = new ArrayList<>(List.of("run", "--out", results.toString()));
        line.addAll(List.of("--format", "json", "--progress", "plain", "--fail-on", run.failOn()));
        if (run.timeBudgetMs() > 0) line.addAll(List.of("--time-budget", run.timeBudgetMs() + "ms"));
        if (run.realCrypto()) line.add("--real-crypto");
        if (plugins != null) line.addAll(List.of("--plugins", plugins.toString()));
        line.addAll(List.of("--", scenario.toString()));
        return line;
    }

    /** Sends all files. @return the size of each */
    private static Map<String, Long> send(Path results, long lease, CoordinatorLink link, BooleanSupplier stop)
            throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        if (!Files.isDirectory(results)) return sizes;
        try (Stream<Path> files = Files.walk(results)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = results.relativize(file).toString().replace('\\', '/');
                long size = 0;
                try (InputStream from = Files.newInputStream(file)) {
                    byte[] bytes;
                    do {
                        if (stop.getAsBoolean()) return sizes;
                        bytes = from.readNBytes(Report.MOST_CONTENT);
                        link.send(new Report.Content(lease, name, bytes));
                        size += bytes.length;
                    } while (bytes.length == Report.MOST_CONTENT);
                }
                sizes.put(name, size);
            }
        }
        return sizes;
    }
}
