package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract, on sockets of this machine. */
abstract class TcpContract extends WallEndpointContract {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    final SocketLoops loops = new SocketLoops(2);
    private final List<ServerSocket> mute = new ArrayList<>();
    private int endpoints;

    /** Whose certificate the endpoint at {@code address} shows, or null without TLS. */
    abstract @Nullable NodeIdentity identity(NodeAddress address);

    @Override
    protected RealEndpoint newEndpoint(WallThread thread, NodeAddress address, LinkConfig config) {
        return new TcpEndpoint(loops, address, identity(address), thread, thread, config);
    }

    @Override
    protected NodeAddress newAddress() {
        int number = endpoints++;
        return loopback(number, freePort(number));
    }

    /** Somebody listens, and says nothing. */
    @Override
    protected NodeAddress deadAddress() {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.77.9.9"));
            mute.add(socket);
            return new NodeAddress(127 << 24 | 77 << 16 | 9 << 8 | 9, socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort(int number) {
        InetAddress ip = SocketLoops.socketAddress(loopback(number, 0)).getAddress();
        try (ServerSocket socket = new ServerSocket(0, 1, ip)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void endpointsAreDown() {
        loops.close();
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("kilonode-sockets"))
                .toList();
        assertThat(left).as("threads").isEmpty();
        for (ServerSocket socket : mute) closeQuietly(socket);
    }

    @Test
    void aGracefulShutdownLeavesNoSocket() {
        assumeThat(Files.isDirectory(DESCRIPTORS)).as("a Linux machine").isTrue();
        Told a = new Told(); // whatever is loaded once has been loaded
        long before = sockets();
        Told b = new Told();
        Told c = new Told();
        a.connectTo(b);
        c.connectTo(a);
        assertThat(sockets()).isEqualTo(before + 2 + 4);
        for (Told each : List.of(a, b, c)) each.call(() -> each.endpoint.shutdown(false));
        for (int i = 0; i < 20 && sockets() >= before; i++) settle();
        assertThat(sockets()).isEqualTo(before - 1);
    }

    @Test
    void theKilledLingerNoLongerThanTheirPeersWait() {
        assumeThat(Files.isDirectory(DESCRIPTORS)).as("a Linux machine").isTrue();
        Told a = new Told();
        long before = sockets();
        Told b = new Told(newEndpoint(newAddress(), with(Duration.ofMillis(500), Duration.ZERO)));
        Connection connection = a.connectTo(b);
        b.call(() -> b.endpoint.shutdown(true));
        settle();
        assertThat(connection.isOpen()).as("half open").isTrue();
        for (int i = 0; i < 20 && sockets() > before; i++) settle();
        assertThat(sockets()).isEqualTo(before);
        assertThat(a.closed).containsExactly(CloseReason.REMOTE);
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

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
