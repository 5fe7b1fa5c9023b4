package dev.kilonode.simulator.run.control;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Carries the control plane between processes. Found by {@link java.util.ServiceLoader}. */
public interface ClusterProvider {

    /**
     * Where a coordinator listens.
     *
     * @param host its address; without certificates a loopback address
     * @param port its port; 0 for a free one
     * @param certificates folder made by {@code certs init} or {@code certs worker}; null for none
     */
    record Listen(String host, int port, @Nullable Path certificates) {}

    /**
     * Where a worker joins.
     *
     * @param host address of the coordinator
     * @param port its port
     * @param bind the worker's own address; null for the one from which the coordinator is reached
     * @param certificates folder of the worker's certificate; null for none
     * @param patience how long the worker waits for a coordinator that does not answer
     */
    record Join(
            String host,
            int port,
            @Nullable String bind,
            @Nullable Path certificates,
            Duration patience) {}

    /**
     * Opens the control plane of a coordinator.
     *
     * @param log receives a line for everything that an operator must know, such as a refused certificate
     * @throws ClusterException if the port is in use, the address is not this machine's, or the certificates are not usable
     */
    ControlPlane listen(Listen at, PrintStream log);

    /**
     * Joins a coordinator.
     *
     * @param worker what to tell of this process; its control address is filled in
     * @throws ClusterException if the coordinator does not answer in time, or refuses the certificate; with what to do
     */
    CoordinatorLink join(Join to, WorkerInfo worker, PrintStream log);
}
