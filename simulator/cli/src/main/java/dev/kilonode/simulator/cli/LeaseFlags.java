package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.run.control.ClusterProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Flags of many runs that workers make. */
final class LeaseFlags {

    @Parameter(
            names = "--listen",
            description = "[HOST:]PORT at which workers join, which then make the runs; see docs/cluster.md")
    @Nullable
    String listen;

    @Parameter(
            names = "--certs",
            description = "folder of this machine's certificate, without which workers join on this machine only")
    @Nullable
    String certs;

    @Parameter(names = "--wait", description = "how long to wait while there is no worker, such as 5m")
    String wait = "5m";

    /**
     * Where workers join; null if this machine makes the runs.
     *
     * @throws UsageException if a value is wrong
     */
    ClusterProvider.@Nullable Listen at(SuiteFlags flags) {
        if (listen == null) {
            if (certs == null) return null;
            throw new UsageException(
                    flags.sourceOf("--certs") + " is for --listen; write --listen PORT, or leave it out");
        }
        if (flags.sources.containsKey("--jobs")) {
            throw new UsageException(flags.sourceOf("--jobs")
                    + " is for runs on this machine, with --listen each worker makes one at a time; leave it out");
        }
        HostAndPort at = HostAndPort.of(flags.sourceOf("--listen"), listen, "127.0.0.1");
        return new ClusterProvider.Listen(
                at.host(), at.port(), certs == null ? null : HostAndPort.folder(flags.sourceOf("--certs"), certs));
    }

    /** @throws UsageException if it is no time */
    Duration patience(SuiteFlags flags) {
        return HostAndPort.duration(flags.sourceOf("--wait"), wait);
    }
}
