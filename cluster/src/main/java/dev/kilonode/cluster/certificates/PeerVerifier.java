package dev.kilonode.cluster.certificates;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the process at the other end may take part: its certificate must be of our authority, valid now, not revoked, made for its
 * side of the connection and, where this end has dialled, for the host dialled. Says in words why one is refused. An end that has accepted a
 * connection does not compare the remote address, which may be that of a gateway. Any thread.
 */
final class PeerVerifier extends X509ExtendedTrustManager {

    private static final String SERVER = KeyPurposeId.id_kp_serverAuth.getId();
    private static final String CLIENT = KeyPurposeId.id_kp_clientAuth.getId();

    private final X509Certificate authority;
    private final X509CRL revoked;
    private final Clock clock;
    private final Consumer<String> log;
    private final boolean refuses;

    /**
     * @param revoked list of revoked certificates, signed by {@code authority}
     * @param log receives a line for each refusal
     */
    PeerVerifier(X509Certificate authority, X509CRL revoked, Clock clock, Consumer<String> log) {
        this(authority, revoked, clock, log, true);
    }

    /** @param refuses whether a refusal ends the handshake; if not, it is a line in {@code log} only */
    PeerVerifier(X509Certificate authority, X509CRL revoked, Clock clock, Consumer<String> log, boolean refuses) {
        this.authority = authority;
        this.revoked = revoked;
        this.clock = clock;
        this.log = log;
        this.refuses = refuses;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        verify(chain, CLIENT, null, remote(socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        String host = socket instanceof SSLSocket tls && tls.getHandshakeSession() != null
                ? tls.getHandshakeSession().getPeerHost()
                : null;
        verify(chain, SERVER, host == null ? "" : host, remote(socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        verify(chain, CLIENT, null, remote(engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        String host = engine.getPeerHost();
        verify(chain, SERVER, host == null ? "" : host, remote(engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        verify(chain, CLIENT, null, "");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        verify(chain, SERVER, "", "");
    }

    /** Names none: a client of another authority then shows its certificate, so that its refusal can name it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** Name of the process that a certificate is for. */
    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
    }

    /**
     * @param host the host dialled, empty if unknown; null for an accepted connection
     * @param remote the remote address; empty if unknown
     */
    private void verify(X509Certificate @Nullable [] chain, String purpose, @Nullable String host, String remote)
            throws CertificateException {
        CertificateException complaint = chain == null || chain.length == 0
                ? new CertificateException("no certificate")
                : complaint(chain[0], purpose, host);
        if (complaint == null) return;
        log.accept("refused " + (remote.isEmpty() ? "a connection" : remote) + ": " + complaint.getMessage());
        if (refuses) throw complaint;
    }

    /**
     * Why a certificate is refused, as {@code certificate of worker-3 is revoked since ...}.
     *
     * @param purpose extended key usage that it needs
     * @param host host that it must name, empty for one that is unknown; null for any
     */
    @Nullable
    CertificateException complaint(X509Certificate certificate, String purpose, @Nullable String host) {
        String subject = "certificate of " + name(certificate) + " ";
        try {
            if (!isOurs(certificate)) {
                return refusal(
                        subject + "is from another authority (" + certificate.getIssuerX500Principal() + "), ours is "
                                + authority.getSubjectX500Principal(),
                        CertPathValidatorException.BasicReason.INVALID_SIGNATURE);
            }
            Instant now = clock.instant();
            String ownClock = "; the clock of this machine says " + now.truncatedTo(ChronoUnit.SECONDS);
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                return refusal(
                        subject + "expired on " + until + ownClock, CertPathValidatorException.BasicReason.EXPIRED);
            }
            if (now.isBefore(from)) {
                return refusal(
                        subject + "is not valid before " + from + ownClock,
                        CertPathValidatorException.BasicReason.NOT_YET_VALID);
            }
            X509CRLEntry entry = revoked.getRevokedCertificate(certificate.getSerialNumber());
            if (entry != null) {
                return refusal(
                        subject + "is revoked since "
                                + entry.getRevocationDate().toInstant(),
                        CertPathValidatorException.BasicReason.REVOKED);
            }
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (certificate.getBasicConstraints() >= 0 || purposes == null || !purposes.contains(purpose)) {
                return new CertificateException(subject + "is not for "
                        + (purpose.equals(CLIENT) ? "clients" : "servers") + ": its extended key usage lacks "
                        + (purpose.equals(CLIENT) ? "clientAuth" : "serverAuth"));
            }
            List<String> hosts = HostNames.of(certificate);
            if (host != null && !HostNames.contain(hosts, host)) {
                return new CertificateException(subject + "is for "
                        + (hosts.isEmpty() ? "no host" : String.join(", ", hosts)) + ", not for "
                        + (host.isEmpty() ? "a host whose name is unknown" : host));
            }
            return null;
        } catch (GeneralSecurityException e) {
            return new CertificateException(subject + "cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean isOurs(X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) return false;
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The reason lets TLS tell the other end more than "certificate unknown". */
    private static CertificateException refusal(String words, CertPathValidatorException.BasicReason reason) {
        return new CertificateException(words, new CertPathValidatorException(words, null, null, -1, reason));
    }

    private static String remote(@Nullable Socket socket) {
        return socket == null || socket.getInetAddress() == null
                ? ""
                : socket.getInetAddress().getHostAddress();
    }

    private static String remote(SSLEngine engine) {
        String host = engine.getPeerHost();
        return host == null ? "" : host;
    }
}
