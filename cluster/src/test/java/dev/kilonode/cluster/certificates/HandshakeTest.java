package dev.kilonode.cluster.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.CertificateRequest;
import dev.kilonode.simulator.run.control.ClusterException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of one authority take part in a TLS handshake; every other one is refused with words that say why. */
class HandshakeTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final int FLIGHTS = 50;
    private static final int TIMEOUT_MS = 20_000;

    @TempDir
    Path folder;

    private final CertificateAuthority authority = new CertificateAuthority(at(Duration.ZERO));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Path ca;

    @BeforeEach
    void authority() throws IOException {
        ca = authority
                .init(folder.resolve("ca"), List.of("127.0.0.1", "localhost"), 30)
                .folder();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void twoProcessesOfOneAuthorityAreAccepted() throws Exception {
        Ended ended = handshake(open(ca), open(worker(ca, "a", "127.0.0.1")));
        assertThat(ended.server()).isNull();
        assertThat(ended.client()).isNull();
        assertThat(ended.protocol()).isEqualTo("TLSv1.3");
        assertThat(ended.log()).isEmpty();
    }

    @Test
    void aForeignCertificateIsRefusedByBoth() throws Exception {
        Path other = authority
                .init(folder.resolve("other"), List.of("127.0.0.1"), 30)
                .folder();
        CertificateFolder foreign = open(worker(other, "b", "127.0.0.1"));
        assertThat(handshake(open(ca), foreign).log())
                .singleElement()
                .asString()
                .startsWith(
                        "refused 127.0.0.1: certificate of coordinator is from another authority (CN=Kilonode authority ");
        // A client that accepts everyone is refused by the server.
        assertThat(handshakeOfTrusting(open(ca), foreign).log())
                .singleElement()
                .asString()
                .startsWith("refused 127.0.0.1: certificate of b is from another authority (CN=Kilonode authority ")
                .contains("), ours is CN=Kilonode authority ");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        CertificateFolder late = open(worker(ca, "a", "127.0.0.1"));
        Path renewed = authority
                .issue(ca, new CertificateRequest("renewed", List.of("127.0.0.1"), 60), folder.resolve("renewed"))
                .folder();
        CertificateFolder server = CertificateFolder.open(renewed, at(Duration.ofDays(31)));
        assertThat(handshake(server, late).log())
                .contains(
                        "refused 127.0.0.1: certificate of a expired on 2026-07-01T12:00:00Z; the clock of this machine"
                                + " says 2026-07-02T12:00:00Z");
    }

    @Test
    void aCertificateThatIsNotYetValidIsRefused() throws Exception {
        Path future = new CertificateAuthority(at(Duration.ofDays(2)))
                .issue(ca, new CertificateRequest("early", List.of("127.0.0.1"), 5), folder.resolve("early"))
                .folder();
        Ended ended = handshake(open(ca), CertificateFolder.open(future, at(Duration.ofDays(2))));
        assertThat(ended.log())
                .containsExactly(
                        "refused 127.0.0.1: certificate of early is not valid before 2026-06-03T11:00:00Z; the clock"
                                + " of this machine says 2026-06-01T12:00:00Z");
    }

    @Test
    void aRevokedCertificateIsRefusedAndItsOwnerIsTold() throws Exception {
        CertificateFolder revoked = open(worker(ca, "a", "127.0.0.1"));
        authority.revoke(ca, "a");
        Ended ended = handshake(open(ca), revoked);
        assertThat(ended.log())
                .containsExactly("refused 127.0.0.1: certificate of a is revoked since 2026-06-01T12:00:00Z");
        assertThat(ended.client()).as("the alert itself a reset may overtake").isInstanceOf(IOException.class);
        assertThat(revoked.refusedByOtherEnd(alert(open(ca), revoked)))
                .startsWith("the other end has refused the certificate of a (certificate_")
                .contains("its log says why");
        Path own = folder.resolve("a-folder");
        Files.copy(ca.resolve("crl.pem"), own.resolve("crl.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> open(own))
                .as("with the new list its folder does not even open")
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("certificate of a is revoked since 2026-06-01T12:00:00Z (in ");
    }

    @Test
    void aServerThatIsNotTheHostDialledIsRefused() throws Exception {
        CertificateFolder server = open(worker(ca, "elsewhere", "10.9.9.9", "elsewhere.example"));
        Ended ended = handshake(server, open(worker(ca, "a", "127.0.0.1")));
        assertThat(ended.log())
                .containsExactly(
                        "refused 127.0.0.1: certificate of elsewhere is for 10.9.9.9, elsewhere.example, not for"
                                + " 127.0.0.1");
    }

    @Test
    void aCertificateForServersOnlyIsRefusedFromAClient() throws Exception {
        Path only = worker(ca, "a", "127.0.0.1");
        replaceBy(KeyPurposeId.id_kp_serverAuth, only);
        assertThatThrownBy(() -> open(only))
                .hasMessageContaining("is not for clients: its extended key usage lacks clientAuth");
        assertThat(verdict(only, true))
                .isEqualTo("certificate of a is not for clients: its extended key usage lacks clientAuth");
        replaceBy(KeyPurposeId.id_kp_clientAuth, only);
        assertThat(handshake(open(only), open(ca)).log())
                .containsExactly("refused 127.0.0.1: certificate of a is not for servers: its extended key usage lacks"
                        + " serverAuth");
    }

    @Test
    void aClientWithoutCertificateIsRefused() throws Exception {
        assertThatThrownBy(() -> open(ca).trustManager(line -> {}).checkClientTrusted(new X509Certificate[0], "EC"))
                .hasMessage("no certificate");
        CertificateFolder server = open(ca);
        var trusting = javax.net.ssl.SSLContext.getInstance("TLSv1.3");
        trusting.init(null, new javax.net.ssl.TrustManager[] {new Trusting()}, null);
        assertThat(handshake(server, server.context(line -> {}), trusting, server)
                        .server())
                .isNotNull();
    }

    @Test
    void aSecretThatEveryoneMayReadIsRefused() throws Exception {
        Path worker = worker(ca, "a", "127.0.0.1");
        Path store = worker.resolve("certificate.p12");
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(worker))
                .isInstanceOf(ClusterException.class)
                .hasMessage(store + " is secret and everyone may read it; write chmod 600 " + store);
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(open(worker).name()).isEqualTo("a");
    }

    @Test
    void aListOfRevokedOnesBySomeoneElseIsNoList() throws Exception {
        Path worker = worker(ca, "a", "127.0.0.1");
        Path other = authority
                .init(folder.resolve("other"), List.of("127.0.0.1"), 30)
                .folder();
        Files.copy(other.resolve("crl.pem"), worker.resolve("crl.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> open(worker)).hasMessageContaining("damaged or do not belong together");
        Files.delete(worker.resolve("crl.pem"));
        assertThatThrownBy(() -> open(worker)).hasMessageContaining("has no file crl.pem; copy the whole folder");
    }

    @Test
    void ownCertificateThatEveryoneWouldRefuseIsSaidAtOnce() throws Exception {
        Path worker = worker(ca, "a", "127.0.0.1");
        assertThatThrownBy(() -> CertificateFolder.open(worker, at(Duration.ofDays(40))))
                .isInstanceOf(ClusterException.class)
                .hasMessageStartingWith("certificate of a expired on 2026-07-01T12:00:00Z")
                .hasMessageEndingWith("write kilonode certs worker for a new one, and --certs with its folder");
        assertThatThrownBy(() -> open(folder.resolve("none"))).hasMessageContaining("made by kilonode certs init");
    }

    // --- the two ends ---------------------------------------------------------------------------------------------

    /** @param server why the server gave up; null if it did not */
    private record Ended(
            @Nullable Throwable server, @Nullable Throwable client, String protocol, List<String> log) {}

    private Ended handshake(CertificateFolder server, CertificateFolder client) throws Exception {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        Ended ended = handshake(server, server.context(log::add), client.context(log::add), client);
        return new Ended(ended.server(), ended.client(), ended.protocol(), List.copyOf(log));
    }

    private Ended handshakeOfTrusting(CertificateFolder server, CertificateFolder client) throws Exception {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        var keys = javax.net.ssl.KeyManagerFactory.getInstance("SunX509");
        char[] password = client.password().toCharArray();
        keys.init(KeyFiles.readStore(client.keyStore(), password), password);
        // Shows its certificate whatever authorities the server names.
        var always = new AnyIssuer((javax.net.ssl.X509ExtendedKeyManager) keys.getKeyManagers()[0]);
        var trusting = javax.net.ssl.SSLContext.getInstance("TLSv1.3");
        trusting.init(new javax.net.ssl.KeyManager[] {always}, new javax.net.ssl.TrustManager[] {new Trusting()}, null);
        Ended ended = handshake(server, server.context(log::add), trusting, client);
        return new Ended(ended.server(), ended.client(), ended.protocol(), List.copyOf(log));
    }

    private Ended handshake(
            CertificateFolder server,
            javax.net.ssl.SSLContext accepting,
            javax.net.ssl.SSLContext dialling,
            CertificateFolder client)
            throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                accepting.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSSLParameters(server.parameters());
            listening.setSoTimeout(TIMEOUT_MS);
            Future<String> accepted = threads.submit(() -> exchange((SSLSocket) listening.accept(), true));
            Callable<String> dial = () -> {
                SSLSocket socket =
                        (SSLSocket) dialling.getSocketFactory().createSocket("127.0.0.1", listening.getLocalPort());
                socket.setSSLParameters(client.parameters());
                return exchange(socket, false);
            };
            Future<String> dialled = threads.submit(dial);
            Throwable atServer = failure(accepted);
            Throwable atClient = failure(dialled);
            return new Ended(atServer, atClient, atServer == null ? accepted.get() : "", List.of());
        }
    }

    /**
     * A byte each way, the server's first. With TLS 1.3 a client learns by reading that it was refused, and what it had written before could
     * reset the connection and lose the alert.
     */
    private static String exchange(Socket plain, boolean server) throws IOException {
        try (SSLSocket socket = (SSLSocket) plain) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.startHandshake();
            if (server) socket.getOutputStream().write(1);
            if (socket.getInputStream().read() != 1) throw new IOException("closed");
            if (!server) socket.getOutputStream().write(1);
            return socket.getSession().getProtocol();
        }
    }

    /** What a client that is refused learns where nothing is lost: a server that closes a socket with bytes unread resets it. */
    private static SSLException alert(CertificateFolder server, CertificateFolder client) throws SSLException {
        SSLEngine accepting = server.serverEngine(server.context(line -> {}));
        SSLEngine dialling = client.clientEngine(client.context(line -> {}), "127.0.0.1", 1);
        ByteBuffer up = ByteBuffer.allocate(1 << 16);
        ByteBuffer down = ByteBuffer.allocate(1 << 16);
        dialling.beginHandshake();
        accepting.beginHandshake();
        for (int i = 0; i < FLIGHTS; i++) {
            write(dialling, up);
            try {
                read(accepting, up);
                write(accepting, down);
            } catch (SSLException e) {
                write(accepting, down);
                return assertThrows(SSLException.class, () -> read(dialling, down));
            }
            read(dialling, down);
        }
        throw new AssertionError("the server refuses nobody");
    }

    private static void write(SSLEngine engine, ByteBuffer out) throws SSLException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            assertThat(engine.wrap(ByteBuffer.allocate(0), out).getStatus()).isNotEqualTo(Status.BUFFER_OVERFLOW);
            runTasks(engine);
        }
    }

    private static void read(SSLEngine engine, ByteBuffer in) throws SSLException {
        in.flip();
        ByteBuffer content = ByteBuffer.allocate(1 << 16);
        while (in.hasRemaining()) {
            Status status = engine.unwrap(in, content).getStatus();
            runTasks(engine);
            if (status != Status.OK || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) break;
        }
        in.compact();
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    private static @Nullable Throwable failure(Future<String> end) throws Exception {
        try {
            end.get(TIMEOUT_MS * 2, TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    // --- folders --------------------------------------------------------------------------------------------------

    private Path worker(Path of, String name, String... hosts) throws IOException {
        return authority
                .issue(of, new CertificateRequest(name, List.of(hosts), 30), folder.resolve(name + "-folder"))
                .folder();
    }

    private CertificateFolder open(Path of) {
        return CertificateFolder.open(of, at(Duration.ZERO));
    }

    /** Puts another certificate for one purpose only in the place of the one in {@code of}. */
    private void replaceBy(KeyPurposeId purpose, Path of) throws Exception {
        char[] caPassword = KeyFiles.password(ca);
        KeyStore store = KeyFiles.readStore(ca.resolve("ca.p12"), caPassword);
        X509Certificate issuer = (X509Certificate) store.getCertificate(KeyFiles.ALIAS);
        var maker = new CertificateMaker.Authority(issuer, (PrivateKey) store.getKey(KeyFiles.ALIAS, caPassword));
        KeyPair keys = CertificateMaker.newKeys();
        GeneralName[] hosts = {new GeneralName(GeneralName.iPAddress, "127.0.0.1")};
        X509Certificate one =
                CertificateMaker.process(maker, keys, "a", hosts, NOW.minusSeconds(60), NOW.plusSeconds(3600), purpose);
        KeyFiles.writeStore(of.resolve("certificate.p12"), KeyFiles.password(of), keys.getPrivate(), one, issuer);
    }

    /** What the authority's coordinator says of the certificate in a folder. */
    private @Nullable String verdict(Path of, boolean asClient) throws Exception {
        X509Certificate one = (X509Certificate) KeyFiles.readStore(of.resolve("certificate.p12"), KeyFiles.password(of))
                .getCertificate(KeyFiles.ALIAS);
        try {
            var trust = open(ca).trustManager(line -> {});
            if (asClient) trust.checkClientTrusted(new X509Certificate[] {one}, "EC");
            else trust.checkServerTrusted(new X509Certificate[] {one}, "EC");
            return null;
        } catch (java.security.cert.CertificateException e) {
            return e.getMessage();
        }
    }

    private static Clock at(Duration later) {
        return Clock.fixed(NOW.plus(later), ZoneOffset.UTC);
    }
}
