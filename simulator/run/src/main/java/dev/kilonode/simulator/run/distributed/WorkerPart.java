package dev.kilonode.simulator.run.distributed;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.control.Assignment;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlCost;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.RunPart;
import dev.kilonode.simulator.run.harness.RunProgress;
import dev.kilonode.simulator.run.harness.SaturationCheck;
import dev.kilonode.simulator.run.harness.ScenarioWorlds;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.Placement;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Invariant;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.List;
import java.util.Set;

/** One part of a run in a worker: its world, its nodes, and the reports of its windows. One thread. */
final class WorkerPart implements AutoCloseable {

    private final Scenario scenario;
    private final CoordinatorLink link;
    private final WorkerControl control;
    private final World world;
    private final RunPart part;
    private final RowSender rows;
    private final SaturationCheck saturation = new SaturationCheck();
    private MachineLoad load = new MachineLoad(false, 0, 0);
    private final boolean whole;
    private ControlCost cost;
    private int windows;

    private WorkerPart(
            LoadedScenario loaded,
            World world,
            Part own,
            WorkerSetup setup,
            CoordinatorLink link,
            WorkerControl control) {
        this.scenario = loaded.scenario();
        this.link = link;
        this.control = control;
        this.world = world;
        rows = new RowSender(link, setup.work());
        part = new RunPart(world, scenario, loaded.transportDesigns(), true, rows, control, own);
        whole = own.isWhole();
        cost = link.cost();
    }

    /**
     * Creates the nodes of a part, and tells the coordinator.
     *
     * @throws RuntimeException if this machine or this worker cannot execute the part
     */
    static WorkerPart prepare(Assignment assignment, WorkerSetup setup, CoordinatorLink link, WorkerControl control) {
        LoadedScenario loaded = setup.load(assignment.scenario(), assignment.parts());
        Scenario scenario = loaded.scenario();
        RunPlan plan = RunPlan.of(scenario, new Seeds(scenario.seed()));
        Placement placement = Placement.of(plan, assignment.parts());
        Part own = placement.part(assignment.part());
        World world = ScenarioWorlds.ofPart(scenario, loaded.link(), plan, own, assignment.addressBlocks());
        try {
            control.engine(world.engine());
            WorkerPart part = new WorkerPart(loaded, world, own, setup, link, control);
            control.onPartLost(lost -> world.tell(() -> part.part.processLost(lost)));
            link.send(new Report.Prepared(placement.nodes(assignment.part()), placement.nodeHosts(assignment.part())));
            return part;
        } catch (RuntimeException | Error e) {
            world.close();
            throw e;
        }
    }

    /** Runs the part to its end, or until it is told to stop. */
    void run(Command.Begin begin) {
        world.beginAt(begin.startNanos(), begin.startUnixSeconds());
        cost = link.cost();
        try {
            part.start();
        } catch (InterruptedRunException e) {
            link.send(new Report.Ended(List.of(), List.of(), 0)); // told to stop as it began
            return;
        }
        long durationNanos = scenario.duration().toNanos();
        long windowNanos = scenario.metrics().window().toNanos();
        for (long start = 0; start < durationNanos && !part.interrupted(); start += windowNanos) {
            window(start, Math.min(start + windowNanos, durationNanos));
        }
        if (control.isLost()) return;
        part.end();
        rows.sendDrops();
        link.send(new Report.Ended(
                part.invariants().health().stream().map(HealthResult::words).toList(),
                part.invariants().unwatched().stream().map(Invariant::label).toList(),
                rows.drops()));
    }

    private void window(long startNanos, long endNanos) {
        long machineNanos = System.nanoTime();
        part.run(startNanos, endNanos, () -> control.progress(progress()));
        long closedNanos = part.nowNanos();
        if (closedNanos / 1_000_000 <= startNanos / 1_000_000) return;
        part.measure(startNanos, closedNanos, this::keptUp);
        MetricSet metrics = part.metrics();
        recordCost(metrics, closedNanos - startNanos);
        rows.sendRows();
        link.send(new Report.Window(
                windows++,
                startNanos / 1_000_000,
                closedNanos / 1_000_000,
                metrics.takeWindow(whole ? Set.of() : Levels.METRICS),
                part.takeNodesUp(),
                part.takeUploadsRunning(),
                load.late(),
                load.busy(),
                load.worstLateMs(),
                (closedNanos - startNanos) / (double) Math.max(1, System.nanoTime() - machineNanos),
                world.eventsFired()));
    }

    private boolean keptUp(MachineLoad measured) {
        load = measured;
        return saturation.window(measured);
    }

    private void recordCost(MetricSet metrics, long windowNanos) {
        ControlCost now = link.cost();
        for (Metric metric : new Metric[] {Metric.CONTROL_CPU, Metric.CONTROL_BYTES, Metric.CONTROL_THREADS}) {
            metrics.open(metric, 0);
        }
        metrics.record(Metric.CONTROL_CPU, (double) (now.cpuNanos() - cost.cpuNanos()) / windowNanos);
        long bytes = now.sentBytes() + now.receivedBytes() - cost.sentBytes() - cost.receivedBytes();
        metrics.record(Metric.CONTROL_BYTES, bytes * 1e9 / windowNanos);
        metrics.record(Metric.CONTROL_THREADS, now.threads());
        cost = now;
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
                Double.NaN,
                Double.NaN,
                "");
    }

    @Override
    public void close() {
        try (world) {
            part.close();
        }
    }
}
