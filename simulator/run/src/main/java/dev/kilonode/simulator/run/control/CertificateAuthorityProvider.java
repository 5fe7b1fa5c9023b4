package dev.kilonode.simulator.run.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes and revokes the certificates of coordinators and workers. An authority is a folder. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Every method throws {@link CertificateRequestException} if the request is wrong, and {@link IOException} if a file cannot be used.
 */
public interface CertificateAuthorityProvider {

    /** State of a certificate at this moment. */
    enum State {
        VALID,
        NOT_YET_VALID,
        EXPIRED,
        REVOKED
    }

    /**
     * A certificate that an authority has issued.
     *
     * @param name name of its process, unique within the authority
     * @param hosts IP addresses and DNS names at which the process is reached
     * @param serial serial number, hexadecimal
     * @param revoked when it was revoked; null if it was not
     */
    record IssuedCertificate(
            String name,
            List<String> hosts,
            String serial,
            Instant validFrom,
            Instant validUntil,
            State state,
            @Nullable Instant revoked) {

        public IssuedCertificate {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * What a new certificate is for.
     *
     * @param name name of its process; null for {@code worker-N} with the next free number
     * @param hosts IP addresses and DNS names; {@code *.domain} stands for every name one level below
     * @param days days for which it is valid
     */
    record CertificateRequest(@Nullable String name, List<String> hosts, int days) {

        public CertificateRequest {
            hosts = List.copyOf(hosts);
        }
    }

    /** A certificate, and the folder in which it lies with its key. */
    record MadeCertificate(IssuedCertificate certificate, Path folder) {}

    /**
     * A revocation.
     *
     * @param earlier whether the certificate was revoked before
     * @param list the signed list of revoked certificates, to be copied to every process
     * @param updated folders of this machine whose copy of the list has been updated
     */
    record Revocation(IssuedCertificate certificate, boolean earlier, Path list, List<Path> updated) {

        public Revocation {
            updated = List.copyOf(updated);
        }
    }

    /**
     * Makes an authority, and the certificate of a coordinator on this machine in the same folder.
     *
     * @param folder must not exist, or be empty
     * @param hosts addresses of the coordinator; empty for all addresses of this machine
     */
    MadeCertificate init(Path folder, List<String> hosts, int days) throws IOException;

    /**
     * Issues a certificate in a folder of its own, which can be copied and does not contain the authority's key.
     *
     * @param out must not exist, or be empty; null for a folder within {@code folder}
     */
    MadeCertificate issue(Path folder, CertificateRequest request, @Nullable Path out) throws IOException;

    /** Certificates issued, in order of name. */
    List<IssuedCertificate> list(Path folder) throws IOException;

    /** Revokes the certificate of that name. */
    Revocation revoke(Path folder, String name) throws IOException;
}
