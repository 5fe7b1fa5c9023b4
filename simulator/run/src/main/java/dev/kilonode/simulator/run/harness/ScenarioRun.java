package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in this process: executes all of it in one world, and evaluates it window by window. Used on the thread that created the world.
 */
public final class ScenarioRun {

    private final Scenario scenario;
    private final RunControl control;
    private final World world;
    private final RunPart part;
    private final RunEvaluation evaluation;

    /** Null in virtual time. */
    private final @Nullable SaturationCheck saturation;

    private boolean endedEarly;
    private @Nullable String endedBy;

    /**
     * @param world an empty world, created from the scenario's seed
     * @param designs the designs that the scenario names
     * @param realCrypto whether messages are encoded, signed and verified; always true in wall time
     * @throws StoreException if nodes cannot store chunks in the scenario's folder
     * @throws InterruptedRunException if the run is stopped before the network has been created
     */
    public ScenarioRun(
            World world,
            Scenario scenario,
            TransportDesigns designs,
            boolean realCrypto,
            RunWriter writer,
            RunControl control) {
        this(world, scenario, designs, realCrypto, writer, control, Part.WHOLE);
    }

    /** The part of a run on the hosts that this process owns. */
    ScenarioRun(
            World world,
            Scenario scenario,
            TransportDesigns designs,
            boolean realCrypto,
            RunWriter writer,
            RunControl control,
            Part part) {
        this.scenario = scenario;
        this.control = control;
        this.world = world;
        this.part = new RunPart(world, scenario, designs, realCrypto, new WriterOutput(writer), control, part);
        saturation = world.isRealTime() ? new SaturationCheck() : null;
        evaluation = new RunEvaluation(scenario, 0, this.part.metrics(), writer);
    }

    /** Writes what a part tells to the run directory. */
    private record WriterOutput(RunWriter writer) implements PartOutput {
        @Override
        public void event(EventRow event) {
            writer.event(event);
        }

        @Override
        public void upload(UploadRow upload) {
            writer.upload(upload);
        }

        @Override
        public void drops(DropSource drops) {
            writer.drops(drops);
        }

        @Override
        public @Nullable ChunkFolder openChunks(Scenario scenario) {
            return ChunkFolder.open(scenario, writer.directory());
        }
    }

    /** The process of another part is lost, and with it its nodes. On the run's thread. */
    void processLost(int other) {
        part.processLost(other);
    }

    /** Runs until the end of the scenario or a stop request. */
    public RunEnd run() {
        try (part) {
            return execute();
        }
    }

    private RunEnd execute() {
        part.start();
        long durationNanos = scenario.duration().toNanos();
        long windowNanos = scenario.metrics().window().toNanos();
        for (long start = 0; start < durationNanos && !interrupted(); start += windowNanos) {
            window(start, Math.min(start + windowNanos, durationNanos));
        }
        part.end();
        String cutShort = cutShort();
        return evaluation.conclude(
                cutShort,
                world.digestHex(),
                world.eventsFired(),
                part.uploads().toString(),
                part.invariants().check(cutShort),
                new HarnessHealth() {
                    @Override
                    public List<HealthResult> before(List<String> blamed) {
                        return saturation == null ? List.of() : List.of(saturation.result(blamed));
                    }

                    @Override
                    public List<HealthResult> after() {
                        return part.invariants().health().stream().toList();
                    }
                });
    }

    private boolean interrupted() {
        return endedEarly || part.interrupted();
    }

    private String cutShort() {
        if (!interrupted()) return "";
        String at = "after " + Format.time(nowMs()) + " of "
                + Format.time(scenario.duration().toMillis());
        return endedBy == null ? control.whyStopped() + " " + at : "ended " + at + " by " + endedBy;
    }

    /** Messages delivered by nodes. */
    public long messagesDelivered() {
        return part.metrics().total(Metric.DELIVERED);
    }

    /** The time of the run, in ms. */
    public long nowMs() {
        return part.nowNanos() / 1_000_000;
    }

    /** The headline figures for the summary. */
    public Map<String, Double> headlines() {
        return HeadlineFigures.of(part.metrics(), part.nowNanos() / 1e9, world.eventsFired());
    }

    private void window(long startNanos, long endNanos) {
        long wallStart = ScenarioWorlds.machineNanos();
        part.run(startNanos, endNanos, () -> control.progress(progress()));
        long closedNanos = part.nowNanos(); // within the window if the run was interrupted
        if (closedNanos / 1_000_000 > startNanos / 1_000_000) {
            close(startNanos, closedNanos, ScenarioWorlds.machineNanos() - wallStart);
        }
    }

    private void close(long startNanos, long endNanos, long wallNanos) {
        long startMs = startNanos / 1_000_000;
        long endMs = endNanos / 1_000_000;
        boolean keptUp = part.measure(startNanos, endNanos, load -> saturation == null || saturation.window(load));
        evaluation.evaluate(startMs, endMs, (endNanos - startNanos) / (double) Math.max(1, wallNanos), keptUp);
        endedBy = part.interrupted() ? null : evaluation.endsRun();
        if (endedBy != null) part.endNow(keptUp);
        evaluation.write(startMs, endMs, world.digestHex());
        endedEarly = endedBy != null && endMs < scenario.duration().toMillis();
    }

    private RunProgress progress() {
        MetricSet metrics = part.metrics();
        return new RunProgress(
                part.nowNanos(),
                scenario.duration().toNanos(),
                part.nodesUp(),
                metrics.total(Metric.DELIVERED),
                metrics.total(Metric.DROPS),
                metrics.total(Metric.IDENTITY_TIMEOUTS),
                part.uploads().running(),
                part.uploads().succeeded(),
                part.uploads().failed(),
                evaluation.uploadP50Ms(),
                evaluation.uploadP95Ms(),
                evaluation.standing());
    }
}
