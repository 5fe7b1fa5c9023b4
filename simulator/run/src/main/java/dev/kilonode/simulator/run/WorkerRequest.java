package dev.kilonode.simulator.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processes that run the nodes of a run.
 *
 * @param count their number, at least 1
 * @param host address at which they join
 * @param port port at which they join; 0 for a free one
 * @param certificates folder of this process's certificate; null for none, and then on loopback only
 * @param patience how long the run waits for them
 * @param child the command that starts one on this machine, without the address to join; empty if they are started by others
 */
public record WorkerRequest(
        int count, String host, int port, @Nullable Path certificates, Duration patience, List<String> child) {

    public WorkerRequest {
        child = List.copyOf(child);
    }

    /** Whether this process starts the workers. */
    public boolean isLocal() {
        return !child.isEmpty();
    }
}
