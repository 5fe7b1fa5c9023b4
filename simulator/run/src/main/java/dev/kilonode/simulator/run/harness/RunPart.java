package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.kernel.world.WorldSampler;
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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Executes the part of a run on the hosts of this process, window by window. It measures and does not judge. Used on the thread that
 * created the world.
 */
public final class RunPart implements AutoCloseable {

    private final Scenario scenario;
    private final PartOutput output;
    private final RunControl control;
    private final Engine engine;
    private final MetricSet metrics;

    /** One set for each loop. The first is {@link #metrics}, which merges the others. */
    private final List<MetricSet> loops = new ArrayList<>();

    private final World world;
    private final @Nullable ChunkFolder chunks;
    private final NodeFleet testnet;
    private final UploadFleet fleet;
    private final GaugeSampler gauges;
    private final BalanceCheck accounts;
    private final InvariantWatch invariants;
    private final List<AcknowledgedChunks> acknowledged = new ArrayList<>();
    private final FaultScheduler faults;
    private final DropRecorder drops;
    private final List<WorldSampler> samplers;
    private final boolean whole;
    private final boolean first;

    /** Samples of the open window, for the whole of which this is a part. */
    private List<Integer> sampledNodes = new ArrayList<>();

    private List<Integer> sampledUploads = new ArrayList<>();
    private boolean populated;
    private boolean interrupted;

    /**
     * A part in {@code world}, which is empty.
     *
     * @param designs the designs that the scenario names
     * @param realCrypto whether messages are encoded, signed and verified; always true in wall time
     * @throws StoreException if nodes cannot store chunks in the scenario's folder
     * @throws InterruptedRunException if the run is stopped before the network has been created
     */
    public RunPart(
            World world,
            Scenario scenario,
            TransportDesigns designs,
            boolean realCrypto,
            PartOutput output,
            RunControl control,
            Part part) {
        this.scenario = scenario;
        this.output = output;
        this.control = control;
        this.world = world;
        whole = part.isWhole();
        first = part.number() == 0;
        engine = world.engine();
        Seeds seeds = world.seeds();
        int shards = scenario.transport().shards();
        for (int loop = 0; loop < world.loops(); loop++) loops.add(new MetricSet(shards, sources(scenario, loop)));
        metrics = loops.get(0);
        RunPlan plan = RunPlan.of(scenario, seeds);
        if (plan.changesHosts()) world.expectHostChanges();
        OwnedHosts hosts = new OwnedHosts(world, plan, part);
        Identities identities = new Identities(
                realCrypto || world.isRealTime(),
                scenario.identity().algorithm(),
                Math.toIntExact(scenario.transport().maxFrame().count()),
                seeds);
        drops = new DropRecorder(world, scenario);
        output.drops(drops);
        chunks = output.openChunks(scenario);
        testnet = new NodeFleet(world, plan, hosts, scenario, designs, identities, chunks, loops, drops);
        UploadClients clients = new UploadClients(
                testnet,
                plan,
                hosts,
                scenario.workload().upload(),
                identities,
                IntStream.range(0, loops.size()).mapToObj(this::clientRecorder).toList());
        UploadLog log =
                new UploadLog(metrics, scenario.workload().upload().fileSize().count(), output::upload);
        List<PlannedUploader> uploaders = plan.uploaders().stream()
                .filter(uploader -> hosts.owns(uploader.host()))
                .toList();
        fleet = new UploadFleet(engine, part, uploaders, scenario.workload(), seeds, clients, log);
        gauges = new GaugeSampler(testnet, fleet, hosts.first(plan.nodeHosts()), shards, metrics);
        samplers = world.samplers(metrics);
        accounts = new BalanceCheck(world, testnet, fleet);
        invariants =
                new InvariantWatch(world, scenario, testnet.members(), part.isWhole(), clients, metrics, output::event);
        testnet.members().forEach(member -> member.watchedBy(invariants));
        faults = new FaultScheduler(
                world,
                testnet,
                new MaliciousPeerFactory(world, plan, testnet, identities, metrics),
                hosts,
                plan,
                part.number() == 0 ? output::event : event -> {}); // one part tells for all
    }

    private NodeRecorder clientRecorder(int loop) {
        AcknowledgedChunks chunks = new AcknowledgedChunks();
        acknowledged.add(chunks);
        return new NodeRecorder(loops.get(loop), NodeRecorder.CLIENT, drops.of(loop), chunks);
    }

    /** The sources of the metrics of one loop. Nodes run on every loop; the metrics of the harness are in the first set. */
    private static Set<MetricSource> sources(Scenario scenario, int loop) {
        Set<MetricSource> sources = EnumSet.of(MetricSource.NODE, MetricSource.STORAGE_NODE);
        if (loop == 0) sources.add(MetricSource.HARNESS);
        if (loop == 0 && scenario.clock() == Clock.WALL) sources.add(MetricSource.WALL_CLOCK);
        return sources;
    }

    /** Schedules nodes, uploads and faults. */
    public void start() {
        String note = ClockWarnings.of(scenario);
        if (first && !note.isEmpty()) output.event(EventRow.at(EventRow.Type.NOTE, note, 0));
        testnet.join();
        fleet.start();
        faults.schedule();
        faults.recordPhases(scenario.workload());
    }

    /**
     * Runs the world to the end of a window, or until the run is interrupted. The window stays open.
     *
     * @param progress called several times a window
     */
    public void run(long startNanos, long endNanos, Runnable progress) {
        for (long next = startNanos; next < endNanos && !interrupted; ) {
            next = Math.min(next + world.strideNanos(), endNanos);
            world.runUntil(next);
            if (!populated && next >= scenario.nodes().joinOver().toNanos()) {
                populated = true;
                world.populated();
            }
            interrupted = control.stopRequested() || engine.isInterrupted();
            boolean isSampled = next % world.sampleNanos() == 0;
            if (isSampled || interrupted || next == endNanos) absorbLoops();
            samplers.forEach(WorldSampler::sample);
            if (!interrupted && isSampled) sample();
            progress.run();
        }
    }

    private void absorbLoops() {
        for (MetricSet loop : loops.subList(1, loops.size())) metrics.absorb(loop);
        drops.record();
    }

    private void sample() {
        gauges.sample();
        if (!whole) {
            sampledNodes.add(nodesUp());
            sampledUploads.add(fleet.running());
        }
        acknowledged.forEach(chunks -> chunks.drain(invariants));
        invariants.look(metrics.total(Metric.DELIVERED));
    }

    /**
     * Takes the last measurements of the open window.
     *
     * @param keptUp whether the results of a window with a given load can be trusted; not called in a world that cannot be late
     * @return whether the results of this window can be trusted
     */
    public boolean measure(long startNanos, long endNanos, Predicate<MachineLoad> keptUp) {
        accounts.check(endNanos / 1_000_000);
        if (interrupted || endNanos / 1_000_000 >= scenario.duration().toMillis()) invariants.lookAtAll();
        boolean trusted = true;
        for (WorldSampler sampler : samplers) {
            MachineLoad load = sampler.closeWindow().orElse(null);
            if (load != null) trusted = keptUp.test(load);
        }
        invariants.closeWindow(trusted);
        gauges.closeWindow(endNanos, endNanos - startNanos);
        return trusted;
    }

    /** Takes the last look of a run that ends with the open window, before its planned end. */
    public void endNow(boolean keptUp) {
        invariants.lookAtAll();
        invariants.closeWindow(keptUp);
    }

    /** The process of another part is lost, and with it its nodes. */
    public void processLost(int other) {
        testnet.processLost(other);
    }

    /** Ends the part: reports the uploads that are still running. */
    public void end() {
        fleet.reportRunning();
    }

    @Override
    public void close() {
        if (chunks != null) chunks.close();
    }

    public boolean interrupted() {
        return interrupted;
    }

    public long nowNanos() {
        return engine.nowNanos();
    }

    public MetricSet metrics() {
        return metrics;
    }

    public InvariantWatch invariants() {
        return invariants;
    }

    public UploadFleet uploads() {
        return fleet;
    }

    /** Running nodes. */
    public int nodesUp() {
        return testnet.up();
    }

    /** The samples of {@link #nodesUp} in the open window of a part that is not the whole; forgets them. */
    public List<Integer> takeNodesUp() {
        List<Integer> taken = sampledNodes;
        sampledNodes = new ArrayList<>();
        return taken;
    }

    /** The samples of the number of running uploads, at the same moments. */
    public List<Integer> takeUploadsRunning() {
        List<Integer> taken = sampledUploads;
        sampledUploads = new ArrayList<>();
        return taken;
    }
}
