package dev.kilonode.benchmarks;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.memory.MemoryEndpoint;
import dev.kilonode.node.link.memory.MemoryNetwork;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.quic.QuicEndpoint;
import dev.kilonode.node.link.tcp.TcpEndpoint;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Over our endpoints; nodes live on the threads that drive their sockets, as in a run. */
final class EndpointPingPong extends PingPong {

    /** Patient: connections that say nothing stay. */
    private static final LinkConfig CONFIG = new LinkConfig(
            Duration.ofSeconds(60),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(20),
            LinkConfig.DEFAULT.maxFrame(),
            LinkConfig.DEFAULT.sendQueue(),
            LinkConfig.DEFAULT.receiveQueue());

    private final Link link;
    private final List<NodeThread> threads =
            Stream.generate(NodeThread::new).limit(LOOPS).toList();
    private final SignatureScheme scheme;
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Peer> peers = new ArrayList<>();
    private final List<SplittableRandom> random =
            IntStream.range(0, LOOPS).mapToObj(SplittableRandom::new).toList();
    private final AtomicInteger asked = new AtomicInteger();

    /** @param scheme of the identities, where the link shows them */
    EndpointPingPong(Link link, int nodes, int degree, SignatureScheme scheme) {
        super(nodes, degree);
        this.link = link;
        this.scheme = scheme;
    }

    /** One node: answers requests, and asks again when answered. */
    private final class Peer implements EndpointListener, DialListener {
        final int home;
        final NodeThread thread;
        final AbstractEndpoint endpoint;
        final List<Connection> dialled = new ArrayList<>();

        Peer(int number) throws Exception {
            home = number % LOOPS;
            thread = threads.get(home);
            SocketLoops loops = thread.sockets();
            NodeAddress address = new NodeAddress(ip(number), PORT);
            endpoint = switch (link) {
                case MEMORY -> new MemoryEndpoint(network, address, null, thread, thread, CONFIG);
                case TCP -> new TcpEndpoint(loops, address, null, thread, thread, CONFIG);
                case TLS -> new TcpEndpoint(loops, address, identity(number), thread, thread, CONFIG);
                case QUIC -> QuicEndpoint.open(loops, address, identity(number), thread, thread, CONFIG);
            };
            thread.execute(() -> endpoint.listen(this));
        }

        @Override
        public void connected(Connection connection) {}

        @Override
        public void received(Connection connection, Frame frame) {
            if (connection.dialled()) {
                replies.increment();
                askNext(home);
            } else {
                send(connection, MessageKind.PONG);
            }
        }

        void send(Connection connection, MessageKind kind) {
            endpoint.send(connection, Frame.ofBytes(new byte[REQUEST_BYTES], kind), null);
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            failed(connection + " closed: " + reason);
        }

        @Override
        public void dialled(Connection connection) {
            dialled.add(connection);
            EndpointPingPong.this.connected();
        }

        @Override
        public void dialFailed(DialFailure failure) {
            failed("dial failed: " + failure);
        }
    }

    private NodeIdentity identity(int number) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        return NodeIdentity.fromSeed(scheme, seed);
    }

    @Override
    void listen() throws Exception {
        for (int i = 0; i < nodes; i++) peers.add(new Peer(i));
    }

    @Override
    void connect(int from, int to) {
        Peer peer = peers.get(from);
        peer.thread.execute(() -> peer.endpoint.dial(new NodeAddress(ip(to), PORT), peer));
    }

    @Override
    void ask() {
        int home = asked.getAndIncrement() % LOOPS;
        threads.get(home).execute(() -> askNext(home));
    }

    /** A node of that thread does. */
    private void askNext(int home) {
        SplittableRandom chance = random.get(home);
        Peer peer = peers.get(home + LOOPS * chance.nextInt(nodes / LOOPS));
        peer.send(peer.dialled.get(chance.nextInt(degree)), MessageKind.PING);
    }

    /** Frames that were not sent, or not acknowledged in time. */
    long lost() {
        return peers.stream()
                .map(peer -> peer.endpoint.counters())
                .mapToLong(account -> account.dropped() + account.unacknowledged())
                .sum();
    }
}
