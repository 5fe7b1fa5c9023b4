package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, on sockets of this machine. */
abstract class TcpContract extends WallEndpointContract {

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

    @AfterEach
    void closeSockets() throws IOException {
        for (ServerSocket socket : mute) socket.close();
    }
}
