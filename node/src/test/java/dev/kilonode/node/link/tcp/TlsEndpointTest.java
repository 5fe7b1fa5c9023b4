package dev.kilonode.node.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.link.tls.TlsKeySource;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract with TLS, and who may take part. */
class TlsEndpointTest extends TcpContract {

    private static final int STRANGER_IP = 127 << 24 | 77 << 16 | 8 << 8 | 8;

    @Override
    protected LinkProvider provider() {
        return new TlsLinkProvider();
    }

    @Test
    void bothEndsKnowWhoTheOtherIs() {
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

    private static TlsIdentity stranger() {
        return TlsIdentity.of(NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom()));
    }

    /** TLS that is not ours, with that one's certificate or none. */
    private static SSLContext tls(@Nullable TlsIdentity own) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        KeyManager[] keys = own == null ? null : new KeyManager[] {new TlsKeySource(own)};
        context.init(keys, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context;
    }

    private static Socket dial(Told node, SSLContext tls) throws IOException {
        InetSocketAddress to = SocketLoops.socketAddress(node.address());
        InetSocketAddress from = SocketLoops.socketAddress(STRANGER_IP, 0);
        Socket socket =
                tls.getSocketFactory().createSocket(to.getAddress(), to.getPort(), from.getAddress(), from.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void whoComesWithTheIdentityBindingOfAnotherIsHungUpOn() throws Exception {
        Told node = new Told();
        byte[] stolen = stranger().binding();
        try (Socket socket = dial(node, tls(stranger()))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(TcpRecord.HELLO_BYTES + stolen.length);
            out.writeByte(TcpRecord.HELLO);
            out.writeInt(TcpRecord.MAGIC);
            out.writeByte(TcpRecord.VERSION);
            out.writeInt(STRANGER_IP);
            out.writeInt(9);
            out.writeLong(1);
            out.write(stolen);
            out.flush();
            assertThat(socket.getInputStream().read()).isNegative();
        }
        assertThat(((AbstractEndpoint) node.endpoint).counters().protocolErrors())
                .isEqualTo(1);
        awaitDelivery();
        assertThat(node.connected).isEmpty();
    }

    @Test
    void aDialIsRefusedByWhoAnswersWithTheIdentityBindingOfAnother() throws Exception {
        Told node = new Told();
        byte[] stolen = stranger().binding();
        InetSocketAddress at = SocketLoops.socketAddress(STRANGER_IP, 0);
        try (ServerSocket listening =
                tls(stranger()).getServerSocketFactory().createServerSocket(0, 1, at.getAddress())) {
            node.dial(new NodeAddress(STRANGER_IP, listening.getLocalPort()));
            try (Socket socket = listening.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                in.skipNBytes(in.readInt());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(TcpRecord.ACCEPTED_BYTES + stolen.length);
                out.writeByte(TcpRecord.ACCEPTED);
                out.writeLong(1);
                out.write(stolen);
                out.flush();
                await("a refusal", () -> node.dialFailures.equals(List.of(DialFailure.REFUSED)));
            }
        }
        assertThat(node.connected).isEmpty();
    }

    @Test
    void whoShowsNoCertificateIsHungUpOn() throws Exception {
        Told node = new Told();
        try (Socket socket = dial(node, tls(null))) {
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(1);
                        while (socket.getInputStream().read() >= 0) {}
                        throw new SSLException("closed in good order"); // or so, depending on who is faster
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        awaitDelivery();
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
        assertThat(((AbstractEndpoint) node.endpoint).counters().protocolErrors())
                .isEqualTo(1);
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
        var counters = ((AbstractEndpoint) node.endpoint).counters();
        await("a failed handshake", () -> counters.handshakesFailed() == 1);
        assertThat(counters.protocolErrors()).isZero();
        assertThat(node.connected).isEmpty();
    }
}
