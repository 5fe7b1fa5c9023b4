package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** The contract with TLS, and who may take part. */
class TlsEndpointTest extends TcpContract {

    private static final int STRANGER_IP = 127 << 24 | 77 << 16 | 8 << 8 | 8;

    @Override
    NodeIdentity identity(NodeAddress address) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        seed[0] = (byte) address.ip();
        return NodeIdentity.fromSeed(SignatureScheme.ED25519, seed);
    }

    @Test
    void bothEndsKnowWhoseCertificateTheOtherShowed() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        PeerRecord atA = connection.handshakePeer();
        PeerRecord atB = b.connected.get(0).handshakePeer();
        assertThat(atA).isEqualTo(new PeerRecord(identity(b.address()).peerId(), b.address()));
        assertThat(atB).isEqualTo(new PeerRecord(identity(a.address()).peerId(), a.address()));
    }

    @Test
    void boringSslIsUsed() {
        assertThat(OpenSsl.isAvailable())
                .as("%s", OpenSsl.unavailabilityCause())
                .isTrue();
    }

    @Test
    void whoShowsNoCertificateIsHungUpOn() throws Exception {
        Told node = new Told();
        SSLContext stranger = SSLContext.getInstance("TLSv1.3");
        stranger.init(null, new TrustManager[] {new IdentityTrust(SignatureScheme.ED25519)}, null);
        InetSocketAddress to = SocketLoops.socketAddress(node.address());
        InetSocketAddress from = SocketLoops.socketAddress(STRANGER_IP, 0);
        try (Socket socket = stranger.getSocketFactory()
                .createSocket(to.getAddress(), to.getPort(), from.getAddress(), from.getPort())) {
            socket.setSoTimeout(10_000);
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(1);
                        while (socket.getInputStream().read() >= 0) {}
                        throw new SSLException("closed in good order"); // or so, depending on who is faster
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        settle();
        assertThat(node.connected).isEmpty();
        Told other = new Told();
        other.connectTo(node);
    }

    @Test
    void whoSpeaksNoTlsIsHungUpOn() throws IOException {
        Told node = new Told();
        InetSocketAddress to = SocketLoops.socketAddress(node.address());
        try (Socket socket = new Socket(
                to.getAddress(),
                to.getPort(),
                SocketLoops.socketAddress(STRANGER_IP, 0).getAddress(),
                0)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[100]);
            try {
                while (socket.getInputStream().read() >= 0) {}
            } catch (SocketTimeoutException e) {
                throw new AssertionError("not hung up on", e);
            } catch (IOException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
        }
        assertThat(node.connected).isEmpty();
        assertThat(((RealEndpoint) node.endpoint).account().protocolErrors()).isEqualTo(1);
    }

    @Test
    void whoSaysNothingIsHungUpOnAndHasBrokenNoRule() throws IOException {
        Told node = new Told();
        InetSocketAddress to = SocketLoops.socketAddress(node.address());
        try (Socket socket = new Socket(
                to.getAddress(),
                to.getPort(),
                SocketLoops.socketAddress(STRANGER_IP, 0).getAddress(),
                0)) {
            socket.setSoTimeout(10_000);
            while (socket.getInputStream().read() >= 0) {}
        }
        var account = ((RealEndpoint) node.endpoint).account();
        await("a failed handshake", () -> account.handshakesFailed() == 1);
        assertThat(account.protocolErrors()).isZero();
        assertThat(node.connected).isEmpty();
    }
}
