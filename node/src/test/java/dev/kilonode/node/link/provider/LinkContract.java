package dev.kilonode.node.link.provider;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract of endpoints for the link of a provider, built-in or a user's own: a subclass says which. */
public abstract class LinkContract extends WallEndpointContract {

    private static final int DEAD_IP = 127 << 24 | 77 << 16 | 9 << 8 | 9;
    private static final int ANY_PORT = 7_000;

    protected final SocketLoops loops = new SocketLoops(2);
    private final List<ServerSocket> mute = new ArrayList<>();
    private @Nullable Link link;
    private int addresses;

    /** What is tested; the same at each call. */
    protected abstract LinkProvider provider();

    /** The keys of the endpoint at {@code address}. */
    protected static NodeIdentity identity(NodeAddress address) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        seed[0] = (byte) address.ip();
        return NodeIdentity.fromSeed(SignatureScheme.ED25519, seed);
    }

    @Override
    protected final AbstractEndpoint newEndpoint(WallThread thread, NodeAddress address, LinkConfig config) {
        if (link == null) link = provider().newLink();
        NodeIdentity keys = identity(address);
        return link.open(new EndpointSpec(address, keys.peerId(), keys, thread, thread, config, loops));
    }

    @Override
    protected final NodeAddress newAddress() {
        int number = addresses++;
        return loopback(number, freePort(number));
    }

    private int freePort(int number) {
        InetAddress ip = SocketLoops.socketAddress(loopback(number, 0)).getAddress();
        return switch (provider().sockets()) {
            case NONE -> ANY_PORT;
            case TCP -> {
                try (ServerSocket socket = new ServerSocket(0, 1, ip)) {
                    yield socket.getLocalPort();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            case UDP -> {
                try (DatagramSocket socket = new DatagramSocket(0, ip)) {
                    yield socket.getLocalPort();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** With TCP somebody listens there and never answers: otherwise the dial would be refused. */
    @Override
    protected final NodeAddress deadAddress() {
        if (provider().sockets() != SocketKind.TCP) return new NodeAddress(DEAD_IP, ANY_PORT);
        try {
            ServerSocket socket = new ServerSocket(
                    0, 50, SocketLoops.socketAddress(DEAD_IP, 0).getAddress());
            mute.add(socket);
            return new NodeAddress(DEAD_IP, socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void endpointsAreDown() {
        loops.close();
        for (ServerSocket socket : mute) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
