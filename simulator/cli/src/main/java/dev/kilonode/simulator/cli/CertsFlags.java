package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import org.jspecify.annotations.Nullable;

/** Flags of {@code certs}. */
final class CertsFlags extends CommonFlags {
    @Parameter(
            names = "--host",
            description = "init, worker: IP addresses and DNS names of the process, with commas; of this machine unless"
                    + " given to init")
    @Nullable
    String host;

    @Parameter(names = "--days", description = "init, worker: days for which the certificate is valid, 1 to 825")
    String days = "30";

    @Parameter(names = "--name", description = "worker: name of the process; worker-1 and so on unless given")
    @Nullable
    String name;

    @Parameter(
            names = "--out",
            description = "worker: folder of the certificate, to be copied; DIR/workers/NAME unless given")
    @Nullable
    String out;
}
