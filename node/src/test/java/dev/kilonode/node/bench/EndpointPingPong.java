package dev.kilonode.node.bench;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.memory.MemoryEndpoint;
import dev.kilonode.node.link.memory.MemoryNetwork;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.netty.TcpEndpoint;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Over our endpoints. */
final class EndpointPingPong extends PingPong {

    enum Link {
        MEMORY,
        TCP,
        TLS
    }

    /** Patient, because all dials begin at once. */
    private static final LinkConfig CONFIG = new LinkConfig(
            Duration.ofMinutes(2),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMinutes(2),
            LinkConfig.DEFAULT.maxFrame(),
            LinkConfig.DEFAULT.sendQueue(),
            LinkConfig.DEFAULT.receiveQueue());

    private final Link link;
    private final NodeThread thread = new NodeThread();
    private final SocketLoops loops;
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Peer> peers = new ArrayList<>();

    EndpointPingPong(Link link, int nodes, int degree, int cores) {
        super(nodes, degree);
        this.link = link;
        loops = new SocketLoops(cores);
    }

    /** One node: answers requests, and asks again when answered. */
    private final class Peer implements EndpointListener, DialListener {
        final RealEndpoint endpoint;
        final List<Connection> dialled = new ArrayList<>();

        Peer(int number) {
            NodeAddress address = new NodeAddress(ip(number), PORT);
            LinkConfig config = CONFIG;
            endpoint = link == Link.MEMORY
                    ? new MemoryEndpoint(network, address, null, thread, thread, config)
                    : new TcpEndpoint(
                            loops, address, link == Link.TLS ? identity(number) : null, thread, thread, config);
            thread.execute(() -> endpoint.listen(this));
        }

        @Override
        public void connected(Connection connection) {}

        @Override
        public void received(Connection connection, Frame frame) {
            boolean request = !connection.dialled();
            if (!request) replies.increment();
            ask(connection);
        }

        void ask(Connection connection) {
            endpoint.send(connection, Frame.ofBytes(new byte[REQUEST_BYTES], MessageKind.PING), null);
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            failed(connection + " closed: " + reason);
        }

        @Override
        public void dialled(Connection connection) {
            dialled.add(connection);
            connections.countDown();
        }

        @Override
        public void dialFailed(DialFailure failure) {
            failed("dial failed: " + failure);
        }
    }

    private static NodeIdentity identity(int number) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        return NodeIdentity.fromSeed(SignatureScheme.ED25519, seed);
    }

    @Override
    void listen() {
        for (int i = 0; i < nodes; i++) peers.add(new Peer(i));
    }

    @Override
    void connect(int from, int to) {
        Peer peer = peers.get(from);
        thread.execute(() -> peer.endpoint.dial(new NodeAddress(ip(to), PORT), peer));
    }

    @Override
    void start(int inFlight) {
        int each = Math.max(1, inFlight / nodes);
        for (Peer peer : peers) {
            thread.execute(() -> {
                for (int i = 0; i < each; i++) peer.ask(peer.dialled.get(i % peer.dialled.size()));
            });
        }
    }
}
