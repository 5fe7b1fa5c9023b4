package dev.kilonode.simulator.run.control;

/** A request to a certificate authority that is wrong: no authority in the folder, an unknown name, a host that is none. Says what to write. */
public final class CertificateRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CertificateRequestException(String message) {
        super(message);
    }
}
