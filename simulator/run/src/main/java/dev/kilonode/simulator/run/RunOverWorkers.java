package dev.kilonode.simulator.run;

import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.distributed.Assembly;
import dev.kilonode.simulator.run.distributed.DistributedRun;
import dev.kilonode.simulator.run.distributed.WorkerFailedException;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.run.harness.RunEnd;
import dev.kilonode.simulator.run.harness.ScenarioWorlds;
import dev.kilonode.simulator.run.harness.WatchedRun;
import dev.kilonode.simulator.run.plan.Placement;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Scenario;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** The coordinator of a run over several processes: opens the control plane, starts local workers, assembles them, and runs. */
public final class RunOverWorkers implements AutoCloseable {

    private final WorkerRequest workers;
    private final RunSpec request;
    private final Scenario scenario;
    private final RunControl control;
    private final Watchdog watchdog;
    private final PrintStream log;
    private final ControlPlane plane;
    private final WorkerProcesses processes;
    private final Assembly assembly;
    private Duration cpuOfWorkers = Duration.ZERO;

    private RunOverWorkers(
            WorkerRequest workers,
            RunSpec request,
            RunControl control,
            Watchdog watchdog,
            PrintStream log,
            ControlPlane plane,
            WorkerProcesses processes) {
        this.workers = workers;
        this.request = request;
        this.scenario = request.scenario().scenario();
        this.control = control;
        this.watchdog = watchdog;
        this.log = log;
        this.plane = plane;
        this.processes = processes;
        Waiting waiting = new Waiting(control);
        watchdog.running(waiting);
        assembly = new Assembly(plane, BuildInfo.identity(), log, waiting, processes);
    }

    /** What carries the control plane between processes. @throws ClusterException if this installation has none */
    public static ClusterProvider provider() {
        return ServiceLoader.load(ClusterProvider.class)
                .findFirst()
                .orElseThrow(() -> new ClusterException("this installation has no module for several processes;"
                        + " add kilonode-cluster and its libraries to the class path"));
    }

    /**
     * Opens the control plane, and starts the workers that are processes of this machine.
     *
     * @param log receives a line for what people must know
     * @throws WorkerFailedException if the scenario cannot be divided so
     * @throws ClusterException if the port is in use, or a process cannot be started
     */
    static RunOverWorkers open(
            WorkerRequest workers, RunSpec request, RunControl control, Watchdog watchdog, PrintStream log) {
        refuseVirtualTime(request);
        refuse(request, workers.count(), List.of());
        ControlPlane plane = provider()
                .listen(new ClusterProvider.Listen(workers.host(), workers.port(), workers.certificates()), log);
        try {
            ProcessLauncher launcher = workers.launcher();
            WorkerProcesses processes = launcher == null
                    ? WorkerProcesses.none()
                    : WorkerProcesses.start(workers.count(), launcher, workers.arguments(), plane.address());
            return new RunOverWorkers(workers, request, control, watchdog, log, plane, processes);
        } catch (RuntimeException | Error e) {
            plane.close();
            throw e;
        }
    }

    private static void refuseVirtualTime(RunSpec request) {
        if (request.scenario().scenario().clock() == Clock.WALL) return;
        throw usage(
                "several processes run nodes in wall time only, the scenario's clock is virtual; write --clock wall,"
                        + " or leave out --jvms and --workers");
    }

    /** @param blocks the addresses of the hosts of each worker; empty if they are loopback addresses, or not known yet */
    private static void refuse(RunSpec request, int count, List<String> blocks) {
        Scenario scenario = request.scenario().scenario();
        RunPlan plan = RunPlan.of(scenario, new Seeds(scenario.seed()));
        Placement placement = Placement.of(plan, count);
        if (!placement.reachesAllParts()) {
            throw usage(
                    count + " processes for " + plan.nodeHosts() + " hosts with nodes: a host is not divided; write "
                            + plan.nodeHosts() + " processes or fewer, or more hosts with fewer nodes each");
        }
        try {
            WorkerLinkRules.refusal(request.scenario().link(), count, blocks).ifPresent(words -> {
                throw usage(words);
            });
            Object ignored = ScenarioWorlds.addresses(scenario, plan, placement.part(0), blocks);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static WorkerFailedException usage(String words) {
        return new WorkerFailedException(ExitCode.USAGE.number(), words);
    }

    /**
     * Waits until all workers have prepared their parts. Nothing of the run is written before.
     *
     * @return false if the run was stopped meanwhile
     * @throws WorkerFailedException if a worker cannot execute its part
     * @throws ClusterException if workers do not come, or are lost
     */
    boolean assemble() {
        if (!workers.isLocal()) {
            log.println("waiting for " + workers.count() + " workers at " + plane.address());
        }
        try {
            assembly.await(workers.count(), workers.patience());
            List<String> blocks = assembly.addressBlocks();
            refuse(request, workers.count(), blocks);
            assembly.prepare(request.name(), request.scenario().tree().yaml(), blocks);
            return true;
        } catch (InterruptedException | InterruptedRunException e) {
            return false;
        }
    }

    /** Runs. After it the workers have ended, or will. */
    LocalRunner.EndedRun execute(RunWriter writer) {
        processes.keepLogs(writer.logs());
        DistributedRun running = new DistributedRun(scenario, assembly, writer, control);

        watchdog.running(running);
        RunEnd end = running.run();
        cpuOfWorkers = processes.cpu();
        return new LocalRunner.EndedRun(end, running.nowMs(), running.messagesDelivered(), running.headlines());
    }

    /** Processor time of workers that are processes of this machine. */
    Duration cpuOfWorkers() {
        return cpuOfWorkers;
    }

    @Override
    public void close() {
        assembly.finish();
        plane.close();
        processes.close();
    }

    /** Shows the watchdog that the wait for workers, which has its own limits, goes on. */
    private static final class Waiting implements RunControl, WatchedRun {

        private final RunControl control;
        private volatile long looks;
        private volatile boolean interrupted;

        Waiting(RunControl control) {
            this.control = control;
        }

        @Override
        public boolean stopRequested() {
            looks = looks + 1;
            return interrupted || control.stopRequested();
        }

        @Override
        public String whyStopped() {
            return control.whyStopped();
        }

        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long progress() {
            return looks;
        }

        @Override
        public void interrupt() {
            interrupted = true;
        }
    }
}
