package dev.kilonode.cluster.certificates;

import dev.kilonode.simulator.run.control.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * The certificate, key, authority and list of revoked certificates of one process, from a folder made by {@code certs init} or
 * {@code certs worker}. Immutable: a changed folder is read by the next {@link #open}. Any thread.
 */
public final class CertificateFolder {

    private static final String PROTOCOL = "TLSv1.3";
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};
    private static final List<String> FILES =
            List.of(KeyFiles.STORE, KeyFiles.TRUST, KeyFiles.PASSWORD, KeyFiles.CA, KeyFiles.CRL);
    private static final List<String> SECRETS =
            List.of(KeyFiles.STORE, KeyFiles.PASSWORD, KeyFiles.KEY, KeyFiles.CA_STORE, KeyFiles.CA_KEY);

    private final Path folder;
    private final char[] password;
    private final KeyStore keys;
    private final X509Certificate own;
    private final X509Certificate authority;
    private final X509CRL revoked;
    private final Clock clock;

    private CertificateFolder(
            Path folder,
            char[] password,
            KeyStore keys,
            X509Certificate own,
            X509Certificate authority,
            X509CRL revoked,
            Clock clock) {
        this.folder = folder;
        this.password = password;
        this.keys = keys;
        this.own = own;
        this.authority = authority;
        this.revoked = revoked;
        this.clock = clock;
    }

    /**
     * Reads a folder.
     *
     * @throws ClusterException if a file is missing, damaged or readable by everyone, or if the own certificate would be refused by others;
     *     with what to do
     */
    public static CertificateFolder open(Path folder) {
        return open(folder, Clock.systemUTC());
    }

    static CertificateFolder open(Path folder, Clock clock) {
        if (!Files.isDirectory(folder)) {
            throw new ClusterException("there is no folder of certificates " + folder
                    + "; write --certs with one made by kilonode certs init or certs worker");
        }
        try {
            checkFiles(folder);
            char[] password = KeyFiles.password(folder);
            KeyStore keys = KeyFiles.readStore(folder.resolve(KeyFiles.STORE), password);
            X509Certificate own =
                    (X509Certificate) Objects.requireNonNull(keys.getCertificate(KeyFiles.ALIAS), "no certificate");
            X509Certificate authority = KeyFiles.readCertificate(folder.resolve(KeyFiles.CA));
            X509CRL revoked = KeyFiles.readList(folder.resolve(KeyFiles.CRL));
            revoked.verify(authority.getPublicKey());
            CertificateFolder made = new CertificateFolder(folder, password, keys, own, authority, revoked, clock);
            made.checkOwn();
            return made;
        } catch (IOException e) {
            throw new ClusterException(
                    "cannot read the certificates in " + folder + ": " + e.getMessage()
                            + "; give this user the permission to read them, or copy the folder again",
                    e);
        } catch (GeneralSecurityException | NullPointerException | ClassCastException e) {
            throw new ClusterException(
                    "the certificates in " + folder + " are damaged or do not belong together (" + e.getMessage()
                            + "); copy the folder again, or make one with kilonode certs worker",
                    e);
        }
    }

    private static void checkFiles(Path folder) throws IOException {
        for (String name : FILES) {
            if (Files.exists(folder.resolve(name))) continue;
            throw new ClusterException(folder + " has no file " + name
                    + "; copy the whole folder made by kilonode certs worker, or write --certs with another one");
        }
        for (String name : SECRETS) {
            Path file = folder.resolve(name);
            if (Files.exists(file) && PrivateFiles.isReadableByEveryone(file)) {
                throw new ClusterException(file + " is secret and everyone may read it; write chmod 600 " + file);
            }
        }
    }

    /** A process whose certificate everyone refuses learns it here, in full, and not from an alert of TLS. */
    private void checkOwn() {
        PeerVerifier verifier = new PeerVerifier(authority, revoked, clock, line -> {});
        CertificateException complaint = verifier.complaint(own, KeyPurposeId.id_kp_clientAuth.getId(), null);
        if (complaint == null) return;
        throw new ClusterException(complaint.getMessage() + " (in " + folder
                + "); write kilonode certs worker for a new one, and --certs with its folder");
    }

    /** Name of the process, as {@code certs list} shows it. */
    public String name() {
        return PeerVerifier.name(own);
    }

    /** IP addresses and DNS names at which others accept this process. */
    public List<String> hosts() {
        try {
            return HostNames.of(own);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificate of " + name(), e);
        }
    }

    /** Whether others accept this process at {@code host}. */
    public boolean isFor(String host) {
        return HostNames.contain(hosts(), host);
    }

    public Instant validUntil() {
        return own.getNotAfter().toInstant();
    }

    /** PKCS#12 file with key and certificate. */
    public Path keyStore() {
        return folder.resolve(KeyFiles.STORE);
    }

    /** PKCS#12 file with the authority's certificate. It does not know who is revoked; {@link #trustManager} does. */
    public Path trustStore() {
        return folder.resolve(KeyFiles.TRUST);
    }

    /** Password of both PKCS#12 files. */
    public String password() {
        return new String(password);
    }

    /**
     * Decides about other processes.
     *
     * @param log receives a line for each that is refused, as {@code refused 10.0.0.5: certificate of worker-3 is revoked since ...}; called
     *     by the threads of the handshakes
     */
    public X509ExtendedTrustManager trustManager(Consumer<String> log) {
        return new PeerVerifier(authority, revoked, clock, log);
    }

    /** A context for both sides. Its connections need {@link #parameters}. */
    public SSLContext context(Consumer<String> log) {
        return context(trustManager(log));
    }

    /**
     * A context for a handshake after which nothing is sent and nothing that is read is used. The handshake goes to its end even if this
     * process refuses the other, which {@code log} receives. The other end then sees the certificate of this process, and can say what it
     * thinks of it.
     */
    public SSLContext handshakeOnly(Consumer<String> log) {
        return context(new PeerVerifier(authority, revoked, clock, log, false));
    }

    private SSLContext context(X509ExtendedTrustManager trust) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, password);
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(own.getKeyManagers(), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS with the certificates in " + folder, e);
        }
    }

    /** TLS 1.3 only, and a certificate of both sides. The host name is checked by {@link #trustManager}. */
    public SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters(SUITES, new String[] {PROTOCOL});
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** The engine of a connection that this process dials. */
    public SSLEngine clientEngine(SSLContext context, String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setSSLParameters(parameters());
        engine.setUseClientMode(true);
        return engine;
    }

    /** The engine of a connection that this process has accepted. */
    public SSLEngine serverEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters());
        return engine;
    }

    /**
     * What a failed handshake means where the other end has refused this one: it says so with an alert, which has no words.
     *
     * @return null if the failure is no such alert
     */
    public @Nullable String refusedByOtherEnd(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < 10; i++, cause = cause.getCause()) {
            String alert = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            boolean refused = alert.contains("received fatal alert")
                    && (alert.contains("certificate")
                            || alert.contains("unknown_ca")
                            || alert.contains("access_denied"));
            if (refused) {
                return "the other end has refused the certificate of " + name() + " (" + alert.replaceFirst(".*: ", "")
                        + "); its log says why: the authority must be the same, " + authority.getSubjectX500Principal()
                        + " here, and the certificate not revoked";
            }
        }
        return null;
    }
}
