package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.experiments.suite.RunMakerProcess;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.plugins.PluginFolder;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.FileTree;
import dev.kilonode.simulator.run.LocalWorker;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.run.control.ClusterProvider;
import dev.kilonode.simulator.run.distributed.Worker;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.settings.AddressBlock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code worker --join HOST:PORT}: executes a part of one run for a coordinator, and ends. */
final class WorkerCommand implements Command<WorkerCommand.Flags> {

    /** Flags of a worker. */
    static final class Flags extends CommonFlags {
        @Parameter(names = "--join", description = "HOST:PORT at which the coordinator waits, see run --workers")
        @Nullable
        String join;

        @Parameter(names = "--certs", description = "folder of this worker's certificate, see certs worker")
        @Nullable
        String certs;

        @Parameter(
                names = "--bind",
                description = "address of this worker for commands; by default the one that reaches HOST")
        @Nullable
        String bind;

        @Parameter(
                names = "--addresses",
                description =
                        "addresses for the hosts of its nodes, such as 10.1.0.0/24; without it loopback addresses")
        @Nullable
        String addresses;

        @Parameter(names = "--plugins", description = "folder with jars of designs that runs may use here")
        @Nullable
        String plugins;

        @Parameter(names = "--work", description = "folder for its files; by default one for temporary files")
        @Nullable
        String work;

        @Parameter(names = "--wait", description = "how long it waits for a coordinator that does not answer")
        String wait = "60s";
    }

    private final ScenarioLoader loader;

    WorkerCommand(ScenarioLoader loader) {
        this.loader = loader;
    }

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String summary() {
        return "executes a part of a run for a coordinator, or makes runs of its suite";
    }

    @Override
    public Flags newFlags() {
        return new Flags();
    }

    @Override
    public CommandResult run(Flags flags, Console console) throws Exception {
        ClusterProvider.Join join = join(flags);
        String addresses = addresses(flags);
        Designs designs = flags.plugins == null
                ? Designs.builtIn()
                : PluginFolder.read(HostAndPort.folder(flags.sourceOf("--plugins"), flags.plugins));
        StopSignal stop = new StopSignal();
        SignalHandlers.install(stop, console);
        boolean child = System.getProperty(ProcessLauncher.PARENT) != null;
        Path given = flags.work == null
                ? Files.createTempDirectory("kilonode-worker")
                : Files.createDirectories(
                        ScenarioFlags.path(flags.work, "a folder").toAbsolutePath());
        Path work = Files.createTempDirectory(given, "run-"); // nothing of an earlier run is in it
        try {
            Worker.Result result = new LocalWorker(
                            loader.with(designs), work, child, console.err(), ProcessEnd.owner(console), maker(flags))
                    .serve(join, addresses, stop);
            ExitCode exit = switch (result.end()) {
                case FINISHED -> ExitCode.PASS;
                case REFUSED, LOST, FAILED -> ExitCode.ENVIRONMENT;
            };
            ExitCode cause = stop.cause();
            return new CommandResult(cause != null && result.end() == Worker.End.LOST ? cause : exit, result.words());
        } finally {
            deleteIfEmpty(work); // chunks that the scenario keeps stay
            if (flags.work == null) FileTree.delete(given);
            else if (child && stop.requested()) deleteWithParent(given);
        }
    }

    /** Makes whole runs with the heap that this process was given, of which it uses little itself. */
    private static RunMakerProcess maker(Flags flags) {
        long heapMiB = Runtime.getRuntime().maxMemory() >> 20;
        return new RunMakerProcess(
                new ProcessLauncher(Main.class.getName(), heapMiB, 1),
                flags.plugins == null ? null : HostAndPort.folder(flags.sourceOf("--plugins"), flags.plugins));
    }

    /** A child whose parent has gone removes what the parent would have: its own folder, and the last child that of all. */
    private static void deleteWithParent(Path work) throws IOException {
        FileTree.delete(work);
        deleteIfEmpty(Objects.requireNonNull(work.getParent())); // another child's folder may be in it
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }

    private static ClusterProvider.Join join(Flags flags) {
        if (flags.join == null) {
            throw new UsageException(
                    "worker needs the address of a coordinator; write kilonode worker --join HOST:PORT,"
                            + " as kilonode run --workers prints it");
        }
        HostAndPort at = HostAndPort.of(flags.sourceOf("--join"), flags.join, null);
        Path certs = flags.certs == null ? null : HostAndPort.folder(flags.sourceOf("--certs"), flags.certs);
        Duration wait = HostAndPort.duration(flags.sourceOf("--wait"), flags.wait);
        return new ClusterProvider.Join(at.host(), at.port(), flags.bind, certs, wait);
    }

    private static @Nullable String addresses(Flags flags) {
        String block = flags.addresses;
        if (block == null) return null;
        try {
            Object ignored = AddressBlock.parse(block);
            return block;
        } catch (IllegalArgumentException e) {
            throw new UsageException(flags.sourceOf("--addresses") + ": " + e.getMessage());
        }
    }
}
