package dev.kilonode.simulator.run;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.simulator.plugins.PluginException;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import dev.kilonode.simulator.run.distributed.RunMaker;
import dev.kilonode.simulator.run.distributed.Worker;
import dev.kilonode.simulator.run.distributed.WorkerFailedException;
import dev.kilonode.simulator.run.distributed.WorkerSetup;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.run.harness.StoreException;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import dev.kilonode.simulator.wall.JvmProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker in this process: joins a coordinator, executes one part of one run, and ends. */
public final class LocalWorker {

    private static final long LOOK_MILLIS = 100;
    private static final String SCENARIO = "scenario.yaml";

    private final ScenarioLoader loader;
    private final Path work;
    private final boolean ownMachine;
    private final PrintStream log;
    private final @Nullable ProcessOwner owner;
    private final RunMaker maker;

    /** How long a worker that has made runs waits for its coordinator to be started again. */
    private static final Duration REJOIN = Duration.ofMinutes(10);

    /**
     * @param loader knows the designs that this worker's operator allows
     * @param work the folder for its files
     * @param ownMachine whether the coordinator is the parent of this process, so that scenarios may name any file
     * @param log receives a line for each step
     * @param owner ends the process if a part does not end in time; null if nothing may end it
     * @param maker makes whole runs
     */
    public LocalWorker(
            ScenarioLoader loader,
            Path work,
            boolean ownMachine,
            PrintStream log,
            @Nullable ProcessOwner owner,
            RunMaker maker) {
        this.loader = loader;
        this.work = work;
        this.ownMachine = ownMachine;
        this.log = log;
        this.owner = owner;
        this.maker = maker;
    }

    /**
     * Executes a part of one run, or makes whole runs until there are no more. A worker that makes runs joins again if its coordinator is
     * lost, which may be started again.
     *
     * @param addresses the addresses of its hosts in CIDR notation; null for loopback addresses
     * @throws ClusterException if the coordinator does not answer, or refuses this worker's certificate
     */
    public Worker.Result serve(ClusterProvider.Join join, @Nullable String addresses, StopSignal stop)
            throws InterruptedException {
        ClusterProvider.Join next = join;
        while (true) {
            Served served = serveOnce(next, addresses, stop);
            if (served.result.end() != Worker.End.LOST || served.made == 0 || stop.requested()) return served.result;
            log.println(served.result.words() + "; joining again for " + Durations.text(REJOIN));
            next = new ClusterProvider.Join(join.host(), join.port(), join.bind(), join.certificates(), REJOIN);
        }
    }

    private record Served(Worker.Result result, int made) {}

    private Served serveOnce(ClusterProvider.Join join, @Nullable String addresses, StopSignal stop)
            throws InterruptedException {
        Stopping stopping = new Stopping(stop, Thread.currentThread());
        Thread watch = new Thread(stopping, "kilonode-worker-stop");
        watch.setDaemon(true);
        watch.start();
        try (CoordinatorLink link = RunOverWorkers.provider().join(join, info(addresses), log)) {
            log.println("joined " + join.host() + ":" + join.port());
            Worker worker = new Worker(link, new Setup());
            stopping.joined(worker);
            return new Served(worker.serve(), worker.made());
        } catch (ClusterException e) {
            if (!stop.requested()) throw e;
            boolean ignored = Thread.interrupted();
            return new Served(new Worker.Result(Worker.End.LOST, Stopping.WHY), 0);
        } finally {
            watch.interrupt();
            deleteScenario();
        }
    }

    private void deleteScenario() {
        try {
            Files.deleteIfExists(work.resolve(SCENARIO));
        } catch (IOException e) {
            log.println("cannot remove " + work.resolve(SCENARIO) + ": " + e.getMessage());
        }
    }

    /** Ends a worker that is told to stop, also while it joins. */
    private static final class Stopping implements Runnable {

        static final String WHY = "this worker was told to end";

        private final StopSignal stop;
        private final Thread joining;
        private @Nullable Worker worker;

        Stopping(StopSignal stop, Thread joining) {
            this.stop = stop;
            this.joining = joining;
        }

        /** On the thread that joins. */
        synchronized void joined(Worker joined) {
            worker = joined;
            if (Thread.interrupted() && stop.requested()) joined.leave(WHY);
        }

        @Override
        public void run() {
            try {
                while (!stop.requested()) Thread.sleep(LOOK_MILLIS);
                end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void end() {
            if (worker == null) joining.interrupt();
            else worker.leave(WHY);
        }
    }

    private static WorkerInfo info(@Nullable String addresses) {
        return new WorkerInfo(
                BuildInfo.identity(),
                machine(),
                ProcessHandle.current().pid(),
                ManagementFactory.getRuntimeMXBean().getVmName() + " " + Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                new JvmProbe().mostDescriptors(),
                "",
                addresses);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private final class Setup implements WorkerSetup {

        @Override
        public Path work() {
            return work;
        }

        @Override
        public PrintStream log() {
            return log;
        }

        @Override
        public LoadedScenario load(String scenario, int parts) {
            Path file = work.resolve(SCENARIO);
            try {
                Files.createDirectories(work);
                Files.writeString(file, scenario);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            LoadedScenario loaded = loader.loadSent(file, List.of());
            String folder = loaded.scenario().store().directory();
            if (!ownMachine && !folder.isEmpty()) {
                String inside = inside(folder).toString();
                loaded = loader.loadSent(file, List.of(new ValueOverride("worker", "store.directory", quoted(inside))));
            }
            MachineCheck.check(loaded, parts);
            return loaded;
        }

        /** As one value of YAML, whatever is in it. */
        private String quoted(String path) {
            return "'" + path.replace("'", "''") + "'";
        }

        /** The folder that the scenario names, if it is in the work folder. */
        private Path inside(String folder) {
            Path root = work.toAbsolutePath().normalize();
            try {
                Path path = root.resolve(folder).normalize();
                if (path.startsWith(root)) return path;
            } catch (InvalidPathException e) {
                // no path at all
            }
            throw new WorkerFailedException(
                    ExitCode.USAGE.number(),
                    "store.directory: got \"" + folder + "\", which is outside the work folder of a worker; write a"
                            + " folder below it, such as --set store.directory=chunks");
        }

        @Override
        public void make(Command.Make run, CoordinatorLink link, RunControl control) throws InterruptedException {
            Path own = work.resolve("run-" + run.lease());
            try {
                LoadedScenario loaded = load(run.scenario(), 1);
                Path file = Files.createDirectories(own).resolve(SCENARIO);
                Files.writeString(file, loaded.tree().yaml());
                log.println("making " + run.run());
                maker.make(run, file, link, control::stopRequested);
            } catch (IOException | RuntimeException e) {
                Report.Failed failed = failure(e);
                link.send(new Report.Made(
                        run.lease(), ProcessLauncher.OWN + failed.exitCode(), "", failed.words(), Map.of()));
            }
        }

        @Override
        public Report.Failed failure(Throwable thrown) {
            if (thrown instanceof WorkerFailedException failed) {
                return new Report.Failed(failed.exitCode(), String.valueOf(failed.getMessage()));
            }
            if (thrown instanceof ScenarioException wrong) {
                return new Report.Failed(
                        ExitCode.USAGE.number(), "this worker cannot read the scenario: " + wrong.getMessage());
            }
            boolean ours = thrown instanceof LinkException
                    || thrown instanceof StoreException
                    || thrown instanceof PluginException;
            String words = ours ? thrown.getMessage() : EnvironmentFailure.words(thrown, work);
            if (words != null) return new Report.Failed(ExitCode.ENVIRONMENT.number(), words);
            thrown.printStackTrace(log);
            return new Report.Failed(ExitCode.INTERNAL.number(), "a bug in Kilonode: " + thrown);
        }

        @Override
        public void halt() {
            if (owner != null) owner.halt(ExitCode.ENVIRONMENT);
        }
    }
}
