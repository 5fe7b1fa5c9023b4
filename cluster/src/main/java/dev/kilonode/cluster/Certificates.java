package dev.kilonode.cluster;

import dev.kilonode.cluster.certificates.CertificateFolder;
import dev.kilonode.simulator.run.control.ClusterException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The certificates of a process at an address. */
final class Certificates {

    private Certificates() {}

    /**
     * @param folder null for none
     * @param host the address at which others reach this process
     * @throws ClusterException if they cannot be read, are not valid now, or are for other addresses
     */
    static @Nullable CertificateFolder of(@Nullable Path folder, String host) {
        if (folder == null) return null;
        CertificateFolder certificates = CertificateFolder.open(folder);
        if (certificates.isFor(host)) return certificates;
        throw new ClusterException("the certificate in " + folder + " is for "
                + String.join(", ", certificates.hosts()) + ", not for " + host
                + ", so that others would refuse it; make one with kilonode certs worker DIR " + certificates.name()
                + " --host " + host);
    }
}
