package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flags of a run over several processes. */
final class WorkerFlags {

    private static final int MOST = 1_000;

    @Parameter(names = "--jvms", description = "wall time: run the nodes in so many processes on this machine")
    @Nullable
    String jvms;

    @Parameter(
            names = "--workers",
            description = "wall time: wait for so many workers, on any machine, and run the nodes there")
    @Nullable
    String workers;

    @Parameter(names = "--listen", description = "[HOST:]PORT at which workers join; by default 127.0.0.1:25520")
    @Nullable
    String listen;

    @Parameter(
            names = "--certs",
            description = "folder of this machine's certificate, without which workers join on this machine only")
    @Nullable
    String certs;

    @Parameter(names = "--wait", description = "how long to wait for workers, such as 5m")
    String wait = "5m";

    private static final String LOOPBACK = "127.0.0.1";

    /**
     * The processes that run the nodes; null if this one does.
     *
     * @throws UsageException if the flags contradict each other, or a value is wrong
     */
    @Nullable
    WorkerRequest request(RunFlags flags) {
        if (jvms == null && workers == null) {
            if (listen != null) throw unused(flags, "--listen");
            if (certs != null) throw unused(flags, "--certs");
            return null;
        }
        if (jvms != null && workers != null) {
            throw new UsageException(flags.sourceOf("--jvms") + " starts workers on this machine, "
                    + flags.sourceOf("--workers") + " waits for others; write one of them");
        }
        boolean local = jvms != null;
        if (local && listen != null) throw unused(flags, "--listen");
        if (local && certs != null) throw unused(flags, "--certs");
        int count = local
                ? count(flags.sourceOf("--jvms"), String.valueOf(jvms))
                : count(flags.sourceOf("--workers"), String.valueOf(workers));
        HostAndPort at = local
                ? new HostAndPort(LOOPBACK, 0)
                : HostAndPort.of(flags.sourceOf("--listen"), listen == null ? "25520" : listen, LOOPBACK);
        return new WorkerRequest(
                count,
                at.host(),
                at.port(),
                certs == null ? null : HostAndPort.folder(flags.sourceOf("--certs"), certs),
                HostAndPort.duration(flags.sourceOf("--wait"), wait),
                local ? new ProcessLauncher(Main.class.getName(), heapMiB(count), 1) : null,
                arguments(flags));
    }

    /** These flags in the command that repeats the run. */
    String rerun() {
        StringBuilder line = new StringBuilder();
        if (jvms != null) line.append(" --jvms ").append(RunFlags.quoted(jvms));
        if (workers != null) line.append(" --workers ").append(RunFlags.quoted(workers));
        if (listen != null) line.append(" --listen ").append(RunFlags.quoted(listen));
        if (certs != null) line.append(" --certs ").append(RunFlags.quoted(certs));
        return line.toString();
    }

    private static UsageException unused(RunFlags flags, String flag) {
        return new UsageException(flags.sourceOf(flag) + " is for --workers; write --workers N, or leave it out");
    }

    private static int count(String source, String text) {
        if (text.matches("[0-9]{1,4}")) {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST) return count;
        }
        throw new UsageException(
                source + ": got \"" + text + "\", expected a number of processes from 1 to " + MOST + "; write 4");
    }

    /** The heap of this process, which does little, is what the workers may use together. */
    private static long heapMiB(int count) {
        return Math.max(64, (Runtime.getRuntime().maxMemory() >> 20) / count);
    }

    private static List<String> arguments(RunFlags flags) {
        List<String> arguments = new ArrayList<>(List.of("worker"));
        if (flags.plugins != null) arguments.addAll(List.of("--plugins", flags.plugins));
        return arguments;
    }
}
