package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.run.checks.CheckEvaluator;
import dev.kilonode.simulator.run.invariants.InvariantWatch;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedUploader;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.run.workload.UploadFleet;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: plans a scenario, executes the plan in a world window by window, and evaluates the checks. Used on the thread that created the
 * world.
 */
public final class ScenarioRun {

    private final Scenario scenario;
    private final RunWriter writer;
    private final RunControl control;
    private final Engine engine;
    private final MetricSet metrics;

    /** One set for each thread that runs nodes. The first is {@link #metrics}, which merges the others. */
    private final List<MetricSet> parts = new ArrayList<>();

    private final World world;
    private final @Nullable ChunkFolder chunks;
    private final NodeFleet testnet;
    private final UploadFleet fleet;
    private final GaugeSampler gauges;
    private final BalanceCheck accounts;
    private final InvariantWatch invariants;
    private final List<AcknowledgedChunks> acknowledged = new ArrayList<>();
    private final FaultScheduler faults;
    private final List<WorldSampler> samplers;

    /** Null in virtual time. */
    private final @Nullable SaturationCheck saturation;

    private final WindowWriter windows;
    private final CheckEvaluator checks;
    private double uploadP50Ms = Double.NaN;
    private double uploadP95Ms = Double.NaN;
    private boolean populated;
    private boolean interrupted;
    private @Nullable String endedBy;
    private long closedWindows;
    private long nodesUp = -1;

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

    /**
     * The part of a run on the hosts that this process owns.
     *
     * @param part what this process owns
     */
    ScenarioRun(
            World world,
            Scenario scenario,
            TransportDesigns designs,
            boolean realCrypto,
            RunWriter writer,
            RunControl control,
            Part part) {
        this.scenario = scenario;
        this.writer = writer;
        this.control = control;
        this.world = world;
        engine = world.engine();
        Seeds seeds = world.seeds();
        int shards = scenario.transport().shards();
        for (int loop = 0; loop < world.loops(); loop++) parts.add(new MetricSet(shards, sources(scenario, loop)));
        metrics = parts.get(0);
        RunPlan plan = RunPlan.of(scenario, seeds);
        if (plan.changesHosts()) world.expectHostChanges();
        OwnedHosts hosts = new OwnedHosts(world, plan, part);
        Identities identities = new Identities(
                realCrypto || world.isRealTime(),
                scenario.identity().algorithm(),
                Math.toIntExact(scenario.transport().maxFrame().count()),
                seeds);
        DropRecorder drops = new DropRecorder(world, scenario);
        writer.drops(drops);
        chunks = ChunkFolder.open(scenario, writer.directory());
        testnet = new NodeFleet(world, plan, hosts, scenario, designs, identities, chunks, parts, drops);
        UploadClients clients = new UploadClients(
                world,
                testnet,
                plan,
                hosts,
                scenario.workload().upload(),
                identities,
                parts.stream().map(set -> clientRecorder(set, drops)).toList());
        UploadLog log =
                new UploadLog(metrics, scenario.workload().upload().fileSize().count(), writer::upload);
        List<PlannedUploader> uploaders = plan.uploaders().stream()
                .filter(uploader -> hosts.owns(uploader.host()))
                .toList();
        fleet = new UploadFleet(engine, part, uploaders, scenario.workload(), seeds, clients, log);
        gauges = new GaugeSampler(testnet, fleet, hosts.first(plan.nodeHosts()), shards, metrics);
        samplers = world.samplers(metrics);
        saturation = world.isRealTime() ? new SaturationCheck() : null;
        accounts = new BalanceCheck(world, testnet, fleet);
        invariants =
                new InvariantWatch(world, scenario, testnet.members(), part.isWhole(), clients, metrics, writer::event);
        testnet.members().forEach(member -> member.watchedBy(invariants));
        faults = new FaultScheduler(
                world,
                testnet,
                new MaliciousPeerFactory(world, plan, testnet, identities, metrics),
                hosts,
                plan,
                writer::event);
        windows = new WindowWriter(metrics, writer);
        checks = ScenarioChecks.evaluator(scenario, writer::event);
    }

    private NodeRecorder clientRecorder(MetricSet part, DropRecorder drops) {
        AcknowledgedChunks chunks = new AcknowledgedChunks();
        acknowledged.add(chunks);
        return new NodeRecorder(part, NodeRecorder.CLIENT, drops, chunks);
    }

    /** The sources of the metrics of one loop. Nodes run on every loop; the metrics of the harness are in the first set. */
    private static Set<Metric.Source> sources(Scenario scenario, int loop) {
        Set<Metric.Source> sources = EnumSet.of(Metric.Source.NODE, Metric.Source.STORAGE_NODE);
        if (loop == 0) sources.add(Metric.Source.HARNESS);
        if (loop == 0 && scenario.clock() == Clock.WALL) sources.add(Metric.Source.WALL_CLOCK);
        return sources;
    }

    /** Runs until the end of the scenario or a stop request. */
    public RunEnd run() {
        try {
            return execute();
        } finally {
            if (chunks != null) chunks.close();
        }
    }

    private RunEnd execute() {
        String note = ClockWarnings.of(scenario);
        if (!note.isEmpty()) writer.event(EventRow.at(EventRow.Type.NOTE, note, 0));
        testnet.join();
        fleet.start();
        faults.schedule();
        faults.recordPhases(scenario.workload());
        long durationNanos = scenario.duration().toNanos();
        long windowNanos = scenario.metrics().window().toNanos();
        for (long start = 0; start < durationNanos && !interrupted; start += windowNanos) {
            window(start, Math.min(start + windowNanos, durationNanos));
        }
        fleet.reportRunning();
        String cutShort = cutShort();
        List<CheckResult> results = new ArrayList<>(checks.conclude(interrupted).stream()
                .map(ScenarioChecks::result)
                .toList());
        List<HealthResult> health = new ArrayList<>(BuiltInChecks.of(facts()));
        if (saturation != null) health.add(0, saturation.result(ScenarioChecks.blamedOnTester(results)));
        invariants.check(cutShort).ifPresent(results::add);
        invariants.health().ifPresent(health::add);
        return new RunEnd(
                VerdictPolicy.of(results, health, cutShort),
                cutShort,
                world.digestHex(),
                List.copyOf(results),
                List.copyOf(health));
    }

    private RunTotals facts() {
        return new RunTotals(
                closedWindows,
                world.eventsFired(),
                metrics.total(Metric.DELIVERED),
                scenario.workload().uploaders().count() > 0,
                fleet.started(),
                fleet.succeeded(),
                fleet.toString(),
                GivenUpFrames.of(metrics).words(scenario, fleet.succeeded() == 0),
                nodesUp,
                true,
                chunks == null ? -1 : diskFailures());
    }

    /** Disk operations on chunks that failed. */
    private long diskFailures() {
        return metrics.total(Metric.CHUNKS_REFUSED, ChunkRefusal.DISK.ordinal())
                + metrics.total(Metric.CHUNKS_UNREADABLE);
    }

    private String cutShort() {
        if (!interrupted) return "";
        String at = "after " + Format.time(nowMs()) + " of "
                + Format.time(scenario.duration().toMillis());
        return endedBy == null ? control.whyStopped() + " " + at : "ended " + at + " by " + endedBy;
    }

    /** Another process of the run is lost, and with it the nodes of its part. On the run's thread. */
    public void processLost(int part) {
        testnet.processLost(part);
    }

    /** Messages delivered by nodes. */
    public long messagesDelivered() {
        return metrics.total(Metric.DELIVERED);
    }

    public long eventsFired() {
        return world.eventsFired();
    }

    /** The time of the run, in ms. */
    public long nowMs() {
        return engine.nowNanos() / 1_000_000;
    }

    /** The headline figures for the summary. */
    public Map<String, Double> headlines() {
        return HeadlineFigures.of(metrics, engine.nowNanos() / 1e9, world.eventsFired());
    }

    private void window(long startNanos, long endNanos) {
        long wallStart = ScenarioWorlds.machineNanos();
        for (long next = startNanos; next < endNanos && !interrupted; ) {
            next = Math.min(next + world.strideNanos(), endNanos);
            world.runUntil(next);
            if (!populated && next >= scenario.nodes().joinOver().toNanos()) {
                populated = true;
                world.populated();
            }
            for (MetricSet part : parts.subList(1, parts.size())) metrics.absorb(part);
            samplers.forEach(WorldSampler::sample);
            interrupted = control.stopRequested() || engine.isInterrupted();
            if (!interrupted && next % world.sampleNanos() == 0) sample();
            control.progress(progress());
        }
        long closedNanos = engine.nowNanos(); // within the window if the run was interrupted
        if (closedNanos / 1_000_000 > startNanos / 1_000_000) {
            close(startNanos, closedNanos, ScenarioWorlds.machineNanos() - wallStart);
        }
    }

    private void sample() {
        gauges.sample();
        acknowledged.forEach(chunks -> chunks.drain(invariants));
        invariants.look(metrics.total(Metric.DELIVERED));
    }

    private void close(long startNanos, long endNanos, long wallNanos) {
        long startMs = startNanos / 1_000_000;
        long endMs = endNanos / 1_000_000;
        double seconds = (endNanos - startNanos) / 1e9;
        accounts.check(endMs);
        if (interrupted || endMs >= scenario.duration().toMillis()) invariants.lookAtAll();
        boolean machineKeptUp = closeSamplers();
        invariants.closeWindow(machineKeptUp);
        gauges.closeWindow(endNanos, endNanos - startNanos);
        writer.window(
                startMs,
                endMs,
                Metric.ENGINE_SPEED.id(),
                "",
                "mean",
                (endNanos - startNanos) / (double) Math.max(1, wallNanos));
        checks.window(
                startMs, endMs, machineKeptUp, (metric, where) -> metrics.aggregateInWindow(metric, where, seconds));
        endedBy = interrupted ? null : checks.endsRun();
        if (endedBy != null) {
            invariants.lookAtAll();
            invariants.closeWindow(machineKeptUp);
        }
        double p50 = metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), "p50", seconds);
        if (!Double.isNaN(p50)) {
            uploadP50Ms = p50;
            uploadP95Ms = metrics.inWindow(Metric.UPLOAD_LATENCY, Map.of(), "p95", seconds);
        }
        double up = metrics.inWindow(Metric.NODES_UP, Map.of(), "min", seconds);
        if (!Double.isNaN(up)) nodesUp = Math.round(up);
        windows.close(startMs, endMs);
        String digest = world.digestHex();
        if (!digest.isEmpty()) writer.digest(endMs, digest);
        closedWindows++;
        if (endMs < scenario.duration().toMillis()) interrupted |= endedBy != null;
    }

    /** Returns whether the results of the window can be trusted. */
    private boolean closeSamplers() {
        boolean keptUp = true;
        for (WorldSampler sampler : samplers) {
            MachineLoad load = sampler.closeWindow().orElse(null);
            if (saturation != null && load != null) keptUp = saturation.window(load);
        }
        return keptUp;
    }

    private RunProgress progress() {
        return new RunProgress(
                engine.nowNanos(),
                scenario.duration().toNanos(),
                testnet.up(),
                metrics.total(Metric.DELIVERED),
                metrics.total(Metric.DROPS),
                metrics.total(Metric.IDENTITY_TIMEOUTS),
                fleet.running(),
                fleet.succeeded(),
                fleet.failed(),
                uploadP50Ms,
                uploadP95Ms,
                checks.standing());
    }
}
