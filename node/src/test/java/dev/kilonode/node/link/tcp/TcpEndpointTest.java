package dev.kilonode.node.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.AckPolicy;
import dev.kilonode.node.link.base.FrameCounters;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.wire.NodeAddress;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The contract without TLS; and what comes over a socket that is no honest endpoint of ours, where each test ends with honest
 * endpoints undisturbed.
 */
class TcpEndpointTest extends TcpContract {

    private static final long SEED = 7;
    private static final int STRANGER_IP = 127 << 24 | 77 << 16 | 8 << 8 | 8;

    @Override
    protected LinkProvider provider() {
        return new TcpLinkProvider();
    }

    /** A socket to {@code node} from the stranger's address. */
    private static Socket dial(Told node) throws IOException {
        return new Socket(
                SocketLoops.socketAddress(node.address()).getAddress(),
                node.address().port(),
                SocketLoops.socketAddress(STRANGER_IP, 0).getAddress(),
                0);
    }

    private static void hello(DataOutputStream out, int ip, int magic) throws IOException {
        out.writeInt(TcpRecord.HELLO_BYTES);
        out.writeByte(TcpRecord.HELLO);
        out.writeInt(magic);
        out.writeByte(TcpRecord.VERSION);
        out.writeInt(ip);
        out.writeInt(9);
        out.writeLong(1);
        out.flush();
    }

    private static FrameCounters counters(Told node) {
        return ((AbstractEndpoint) node.endpoint).counters();
    }

    private static boolean hangsUp(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try {
            while (socket.getInputStream().read() >= 0) {}
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Two honest endpoints with a connection, on which a frame passes both before and after {@code trouble}. */
    private void undisturbed(Trouble trouble) throws IOException {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        trouble.at(b);
        int before = b.frames.size();
        a.send(connection, new byte[1000]);
        await("a frame between honest ends", () -> b.frames.size() > before && a.acknowledged.get() == 1);
        assertThat(connection.isOpen()).isTrue();
    }

    @FunctionalInterface
    private interface Trouble {
        void at(Told node) throws IOException;
    }

    @Test
    void junkIsHungUpOnAndCounted() throws IOException {
        undisturbed(node -> {
            Random random = new Random(SEED);
            for (int i = 0; i < 20; i++) {
                byte[] junk = new byte[1 + random.nextInt(5000)];
                random.nextBytes(junk);
                junk[0] = -1; // a length that cannot be
                try (Socket socket = dial(node)) {
                    socket.getOutputStream().write(junk);
                    assertThat(hangsUp(socket))
                            .as("junk " + i + " of seed " + SEED)
                            .isTrue();
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("reset"); // hung up on while we wrote
                }
            }
            await("20 errors", () -> counters(node).protocolErrors() == 20);
            assertThat(node.connected).hasSize(1);
        });
    }

    @Test
    void aHelloOfAnotherProtocolIsHungUpOn() throws IOException {
        undisturbed(node -> {
            try (Socket socket = dial(node)) {
                hello(new DataOutputStream(socket.getOutputStream()), STRANGER_IP, 0x48545450);
                assertThat(hangsUp(socket)).isTrue();
            }
            assertThat(counters(node).protocolErrors()).isEqualTo(1);
        });
    }

    @Test
    void whoLiesAboutItsAddressIsHungUpOn() throws IOException {
        undisturbed(node -> {
            try (Socket socket = dial(node)) {
                hello(new DataOutputStream(socket.getOutputStream()), STRANGER_IP + 1, TcpRecord.MAGIC);
                assertThat(hangsUp(socket)).isTrue();
            }
            assertThat(counters(node).protocolErrors()).isEqualTo(1);
            assertThat(node.connected).hasSize(1);
        });
    }

    @Test
    void whoSaysNothingIsHungUpOn() throws IOException {
        undisturbed(node -> {
            try (Socket socket = dial(node)) {
                assertThat(hangsUp(socket)).isTrue();
            }
            await("a failed handshake", () -> counters(node).handshakesFailed() == 1);
            assertThat(counters(node).protocolErrors())
                    .as("silence breaks no rule")
                    .isZero();
            assertThat(node.connected).hasSize(1);
        });
    }

    @Test
    void anOversizeFrameEndsItsConnectionOnly() throws IOException {
        undisturbed(node -> {
            try (Socket socket = dial(node)) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                hello(out, STRANGER_IP, TcpRecord.MAGIC);
                out.writeInt(TcpRecord.TYPE_BYTES + TcpRecord.NUMBER_BYTES + 4 + 1);
                out.writeByte(TcpRecord.START);
                out.writeInt(0);
                out.writeInt((int) CONFIG.maxFrame().count() + 1);
                out.writeByte(0);
                out.flush();
                assertThat(hangsUp(socket)).isTrue();
            }
            await("the end of it", () -> node.closed.size() == 1);
            assertThat(node.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
            assertThat(node.endpoint.openConnections()).isEqualTo(1);
        });
    }

    @Test
    void aFrameOfNoKnownPolicyEndsItsConnectionOnly() throws IOException {
        undisturbed(node -> {
            try (Socket socket = dial(node)) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                hello(out, STRANGER_IP, TcpRecord.MAGIC);
                out.writeInt(TcpRecord.TYPE_BYTES + TcpRecord.NUMBER_BYTES + TcpRecord.POLICY_BYTES);
                out.writeByte(TcpRecord.FRAME);
                out.writeInt(0);
                out.writeByte(AckPolicy.values().length);
                out.flush();
                assertThat(hangsUp(socket)).isTrue();
            }
            await("the end of it", () -> node.closed.size() == 1);
            assertThat(node.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
            assertThat(node.endpoint.openConnections()).isEqualTo(1);
        });
    }

    @Test
    void junkAfterAHelloEndsItsConnectionOnly() throws IOException {
        undisturbed(node -> {
            Random random = new Random(SEED);
            for (int i = 0; i < 20; i++) {
                int told = i;
                try (Socket socket = dial(node)) {
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    hello(out, STRANGER_IP, TcpRecord.MAGIC);
                    await("a connection", () -> node.connected.size() == told + 2);
                    byte[] body = new byte[1 + random.nextInt(100)];
                    random.nextBytes(body);
                    body[0] = (byte) (100 + i); // a type that is none; what follows is of no matter
                    out.writeInt(body.length);
                    out.write(body);
                    out.flush();
                    await("the end of connection " + i, () -> node.closed.size() == told + 1);
                }
            }
            assertThat(node.closed).containsOnly(CloseReason.PROTOCOL_ERROR);
        });
    }

    @Test
    void aPeerThatNeverReadsCostsABoundedQueue() throws IOException {
        undisturbed(node -> {
            try (Socket socket = dial(node)) {
                hello(new DataOutputStream(socket.getOutputStream()), STRANGER_IP, TcpRecord.MAGIC);
                await("a connection", () -> node.connected.size() == 2);
                Connection mute = node.connected.get(1);
                for (int i = 0; i < 400; i++) node.send(mute, new byte[100_000]);
                await("refusals", () -> counters(node).refused() > 100 && node.failed.get() > 100);
                assertThat(counters(node).waiting() * 100_000L)
                        .isLessThanOrEqualTo(CONFIG.sendQueue().count());
                assertThat(node.acknowledged).hasValue(0);
                node.call(() -> node.endpoint.close(mute, CloseReason.LOCAL));
                await("all to fail", () -> node.failed.get() == 400);
                assertThat(counters(node).waiting()).isZero();
            }
        });
    }

    @Test
    void aDialToWhereNobodyListensIsRefused() throws IOException {
        Told a = new Told();
        a.dial(newAddress());
        await("a refusal", () -> a.dialFailures.size() == 1);
        assertThat(a.dialFailures).containsExactly(DialFailure.REFUSED);
    }

    @Test
    void aListenerThatAnswersJunkIsNoConnection() throws IOException {
        Told a = new Told();
        InetAddress ip = SocketLoops.socketAddress(STRANGER_IP, 0).getAddress();
        try (ServerSocket listening = new ServerSocket(0, 1, ip)) {
            a.dial(new NodeAddress(STRANGER_IP, listening.getLocalPort()));
            try (Socket socket = listening.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                await("a failure", () -> a.dialFailures.size() == 1);
            }
        }
        assertThat(a.connected).isEmpty();
        assertThat(counters(a).protocolErrors()).isEqualTo(1);
    }

    @Test
    void aSmallFrameOvertakesALargeOne() {
        // The receiver does not read while its node is stalled, and no socket's buffers hold 16 MB: most of it waits.
        Told a = new Told();
        AbstractEndpoint slow = newEndpoint(newAddress(), CONFIG);
        Told b = new Told(slow);
        Connection connection = a.connectTo(b);
        stall(slow, () -> {
            for (int i = 0; i < 10; i++) a.send(connection, new byte[60_000]);
            awaitDelivery();
            a.send(connection, new byte[7 << 20]);
            a.send(connection, new byte[5]);
            awaitDelivery();
        });
        await("both", () -> b.frames.size() == 12);
        assertThat(b.frames.get(10).sizeBytes()).isEqualTo(5);
    }
}
