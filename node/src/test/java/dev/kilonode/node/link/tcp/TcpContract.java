package dev.kilonode.node.link.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.provider.LinkContract;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, on sockets of this machine. */
abstract class TcpContract extends LinkContract {

    private static final long SEED = 20_261_130;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Override
    protected void endpointsAreDown() {
        super.endpointsAreDown();
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("kilonode-sockets"))
                .toList();
        assertThat(left).as("threads").isEmpty();
    }

    @Test
    void aGracefulShutdownLeavesNoSocket() {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "kernel: does not show descriptors as files");
        Told a = new Told(); // whatever is loaded once has been loaded
        long before = sockets();
        Told b = new Told();
        Told c = new Told();
        a.connectTo(b);
        c.connectTo(a);
        assertThat(sockets()).isEqualTo(before + 2 + 4);
        for (Told each : List.of(a, b, c)) each.call(() -> each.endpoint.shutdown(false));
        for (int i = 0; i < 20 && sockets() >= before; i++) awaitDelivery();
        assertThat(sockets()).isEqualTo(before - 1);
    }

    @Test
    void theKilledLingerNoLongerThanTheirPeersWait() {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "kernel: does not show descriptors as files");
        Told a = new Told();
        long before = sockets();
        Told b = new Told(newEndpoint(newAddress(), with(Duration.ofMillis(500), Duration.ZERO)));
        Connection connection = a.connectTo(b);
        b.call(() -> b.endpoint.shutdown(true));
        awaitDelivery();
        assertThat(connection.isOpen()).as("half open").isTrue();
        for (int i = 0; i < 20 && sockets() > before; i++) awaitDelivery();
        assertThat(sockets()).isEqualTo(before);
        assertThat(a.closed).containsExactly(CloseReason.REMOTE);
    }

    /** The other end takes the connection, and then says nothing or garbage: the dial runs out or is given up, and the socket is closed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDialThatComesToNothingInTheHandshakeLeavesNothingBehind(boolean garbage) throws Exception {
        LinkConfig impatient = new LinkConfig(
                Duration.ofMillis(150),
                CONFIG.idleTimeout(),
                CONFIG.keepAlive(),
                CONFIG.sendTimeout(),
                CONFIG.maxFrame(),
                CONFIG.sendQueue(),
                CONFIG.receiveQueue());
        Told a = new Told(newEndpoint(newAddress(), impatient));
        byte[] junk = new byte[3_000];
        new Random(SEED).nextBytes(junk);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.77.9.8"))) {
            for (int i = 1; i <= 5; i++) {
                a.dial(new NodeAddress(127 << 24 | 77 << 16 | 9 << 8 | 8, server.getLocalPort()));
                try (Socket socket = server.accept()) {
                    socket.setSoTimeout(10_000);
                    if (garbage) socket.getOutputStream().write(junk);
                    assertThat(bytesUntilHungUp(socket))
                            .as("dial " + i + ", seed " + SEED)
                            .isLessThan(64 << 10);
                }
                int failed = i;
                await("a failure", () -> a.dialFailures.size() == failed);
            }
        }
        assertThat(a.connected).isEmpty();
        assertThat(a.endpoint.openConnections()).isZero();
    }

    private static int bytesUntilHungUp(Socket socket) throws IOException {
        int bytes = 0;
        try {
            while (socket.getInputStream().read() >= 0) bytes++;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("not hung up on after " + bytes + " bytes", e);
        } catch (IOException reset) {
            return bytes;
        }
        return bytes;
    }

    private static long sockets() {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.filter(TcpContract::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
