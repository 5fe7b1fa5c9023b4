package dev.kilonode.reports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.WorkerRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Small finished runs on disk, each with the numbers it was given. */
public final class WrittenRun {

    private static final String SCENARIO = """
        name: %s
        seed: %d
        clock: %s
        transport:
          registry: %s
        checks:
          - metric: upload.latency
        """;

    private final Path root;
    private String name = "smoke";
    private String folder = "runs";
    private String clock = "virtual";
    private String registry = "lock-across-registration";
    private String status = Manifest.COMPLETE;
    private String digest = "";
    private int jvms = 1;

    public WrittenRun(Path root) {
        this.root = root;
    }

    public WrittenRun folder(String value) {
        folder = value;
        return this;
    }

    public WrittenRun name(String value) {
        name = value;
        return this;
    }

    public WrittenRun clock(String value) {
        clock = value;
        return this;
    }

    public WrittenRun registry(String value) {
        registry = value;
        return this;
    }

    public WrittenRun status(String value) {
        status = value;
        return this;
    }

    /** A run in so many processes; their machine and heap are made up. */
    public WrittenRun jvms(int value) {
        jvms = value;
        return this;
    }

    public WrittenRun digest(String value) {
        digest = value;
        return this;
    }

    /** A run whose uploads took {@code latencyMs}; nothing was dropped, nothing failed. */
    public Path write(long seed, double latencyMs) {
        return write(seed, healthy(latencyMs));
    }

    public Path write(long seed, Map<String, Double> metrics) {
        String scenario = SCENARIO.formatted(name, seed, clock, registry);
        Manifest manifest = Manifest.starting(
                "0.1.0", folder, name, "h", seed, clock, 30, 600_000, "./kilonode run " + name + ".yaml");
        try (RunWriter writer = RunWriter.create(root, folder, manifest, scenario, scenario)) {
            List<WorkerRow> workers = IntStream.range(0, jvms > 1 ? jvms : 0)
                    .mapToObj(i -> new WorkerRow(i, "here", 7 + i, "JVM", 2, 1000, 10, 1, null, 0, 0, null, null))
                    .toList();
            if (!workers.isEmpty()) writer.workers(workers);
            double latency = metrics.getOrDefault("upload.latency.p50", 0.0);
            for (int w = 0; w < 20 && latency > 0; w++) {
                var histogram = new Histogram(3);
                for (int i = 0; i < 5; i++) {
                    histogram.recordValue((long) (latency * 1_000 * (0.9 + 0.05 * i)));
                }
                writer.latency("upload.latency", w * 30_000L, (w + 1) * 30_000L, histogram);
            }
            writer.finish(
                    new Summary(
                            Summary.SCHEMA,
                            Summary.Verdict.PASS,
                            0,
                            name,
                            "h",
                            seed,
                            clock,
                            30,
                            600_000,
                            1_000,
                            1_000,
                            16_000,
                            digest.isEmpty() && clock.equals("virtual") ? "d" + seed + metrics : digest,
                            List.of(),
                            metrics),
                    status);
            return writer.directory();
        }
    }

    /** So many runs of seeds 1 and up, some per cent apart. */
    public List<Path> several(int runs, double latencyMs, long chance) {
        var random = new Random(chance);
        var paths = new ArrayList<Path>();
        for (int seed = 1; seed <= runs; seed++) {
            paths.add(write(seed, latencyMs * (1 + 0.03 * random.nextGaussian())));
        }
        return paths;
    }

    public static Map<String, Double> healthy(double latencyMs) {
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("transport.drops.count", 0.0);
        metrics.put("identity.exchanges.count", 758.0);
        metrics.put("identity.timeouts.count", 0.0);
        metrics.put("upload.succeeded.count", 10.0);
        metrics.put("upload.failed.count", 0.0);
        metrics.put("upload.latency.p50", latencyMs);
        metrics.put("upload.latency.p95", latencyMs * 1.1);
        metrics.put("registry.lock.utilisation.mean", 0.1);
        metrics.put("host.cpu.mean", 0.2);
        return metrics;
    }

    /** Makes it a run of the older layout, which has no checksums. */
    public static Path withoutChecksums(Path run) {
        try {
            Path file = run.resolve("manifest.json");
            var mapper = new ObjectMapper();
            var manifest = (ObjectNode) mapper.readTree(file.toFile());
            manifest.remove(List.of("checksum", "seals", "commit", "dirty", "model", "settings_hash"));
            manifest.put("schema", 1);
            mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), manifest);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts a file off in the middle. */
    public static void truncate(Path file) {
        try {
            String text = Files.readString(file);
            Files.writeString(file, text.substring(0, text.length() / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
