package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A run of {@code scenarios/smoke.yaml} with changed values, and its data; without reports.
 *
 * @param end its verdict
 * @param data its directory, read back
 */
record SmallRun(RunEnd end, RunData data) {

    static final Path SMOKE = Path.of("../..", "scenarios", "smoke.yaml");

    /** @param overrides such as {@code nodes.count=8}; the checks of the smoke scenario are removed unless the overrides contain checks */
    static SmallRun of(Path out, String... overrides) throws IOException {
        return of(out, false, RunControl.NONE, overrides);
    }

    static SmallRun of(Path out, RunControl control, String... overrides) throws IOException {
        return of(out, false, control, overrides);
    }

    static SmallRun of(Path out, boolean realCrypto, String... overrides) throws IOException {
        return of(out, realCrypto, RunControl.NONE, overrides);
    }

    private static SmallRun of(Path out, boolean realCrypto, RunControl control, String... overrides)
            throws IOException {
        return of(SMOKE, out, realCrypto, control, overrides);
    }

    /** A run of another scenario, also without its checks. */
    static SmallRun of(Path file, Path out, boolean realCrypto, RunControl control, String... overrides)
            throws IOException {
        return of(file, out, realCrypto, control, world -> {}, overrides);
    }

    /** A run in a world that {@code before} has changed. */
    static SmallRun of(
            Path file, Path out, boolean realCrypto, RunControl control, Consumer<World> before, String... overrides)
            throws IOException {
        return of(file, out, realCrypto, control, before, Part.WHOLE, overrides);
    }

    /** The part of a run of the smoke scenario on the hosts of {@code part}. */
    static SmallRun part(Path out, Consumer<World> before, Part part, String... overrides) throws IOException {
        return of(SMOKE, out, false, RunControl.NONE, before, part, overrides);
    }

    private static SmallRun of(
            Path file,
            Path out,
            boolean realCrypto,
            RunControl control,
            Consumer<World> before,
            Part part,
            String... overrides)
            throws IOException {
        return of(file, out, realCrypto, control, before, part, designs -> designs, 1, overrides);
    }

    /** A run on several threads. */
    static SmallRun onThreads(int threads, Path out, boolean realCrypto, String... overrides) throws IOException {
        return of(
                SMOKE,
                out,
                realCrypto,
                RunControl.NONE,
                world -> {},
                Part.WHOLE,
                designs -> designs,
                threads,
                overrides);
    }

    /** A run with other designs than the scenario names. */
    static SmallRun with(UnaryOperator<TransportDesigns> designs, Path out, String... overrides) throws IOException {
        return of(SMOKE, out, false, RunControl.NONE, world -> {}, Part.WHOLE, designs, 1, overrides);
    }

    private static SmallRun of(
            Path file,
            Path out,
            boolean realCrypto,
            RunControl control,
            Consumer<World> before,
            Part part,
            UnaryOperator<TransportDesigns> designs,
            int threads,
            String... overrides)
            throws IOException {
        List<ValueOverride> values = new ArrayList<>();
        values.add(ValueOverride.parse("test", "checks=[]"));
        Arrays.stream(overrides).map(text -> ValueOverride.parse("test", text)).forEach(values::add);
        LoadedScenario loaded = new ScenarioLoader().load(file, values);
        var scenario = loaded.scenario();
        Manifest manifest = Manifest.starting(
                "test",
                "small",
                scenario.name(),
                "",
                scenario.seed(),
                "virtual",
                scenario.nodes().count(),
                scenario.duration().toMillis(),
                "");
        RunWriter writer = RunWriter.create(
                out, "small", manifest, loaded.sourceText(), loaded.tree().yaml());
        RunEnd end;
        try (writer;
                World world = ScenarioWorlds.of(loaded, threads)) {
            before.accept(world);
            end = new ScenarioRun(
                            world,
                            scenario,
                            designs.apply(loaded.transportDesigns()),
                            realCrypto,
                            writer,
                            control,
                            part)
                    .run();
        }
        return new SmallRun(end, RunData.read(writer.directory()));
    }

    /** Names of the simulator's threads that are alive in this JVM. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("kilonode-"))
                .toList();
    }

    /** Whether the machine kept up with wall time. */
    boolean keptUp() {
        return end.health().stream().anyMatch(finding -> finding.id().equals("tester-kept-up") && finding.fit());
    }

    /** The rows of {@code windows.csv} without those that measure the speed of the machine. */
    List<String> windows() throws IOException {
        return Files.readAllLines(data.directory().resolve("data/windows.csv")).stream()
                .filter(row -> !row.contains(",engine.speed,"))
                .toList();
    }

    List<UploadRow> uploads() throws IOException {
        List<UploadRow> rows = new ArrayList<>();
        data.forEachUpload(rows::add);
        return rows;
    }

    /** The sum of a counter over all windows and labels. */
    double total(String metric) {
        return data.all(metric, "count").stream()
                .flatMapToDouble(series ->
                        java.util.stream.IntStream.range(0, series.size()).mapToDouble(series::value))
                .sum();
    }

    /**
     * The sum of one series of a counter.
     *
     * @param labels such as {@code cause=malformed}
     */
    double total(String metric, String labels) {
        var series = data.series(metric, labels, "count");
        return series == null
                ? 0
                : java.util.stream.IntStream.range(0, series.size())
                        .mapToDouble(series::value)
                        .sum();
    }

    /** A statistic of the window that begins at {@code startMs}; NaN if there is none. */
    double at(long startMs, String metric, String labels, String stat) {
        var series = data.series(metric, labels, stat);
        if (series == null) return Double.NaN;
        for (int i = 0; i < series.size(); i++) {
            if (series.startMs(i) == startMs) return series.value(i);
        }
        return Double.NaN;
    }

    /** Mean latency of the successful uploads in ms; NaN if there are none. */
    double meanUploadMs() throws IOException {
        return uploads().stream()
                .filter(row -> row.outcome() == UploadRow.Outcome.SUCCEEDED)
                .mapToLong(row -> java.util.Objects.requireNonNull(row.latencyMs()))
                .average()
                .orElse(Double.NaN);
    }

    List<EventRow> events() {
        return data.events();
    }
}
