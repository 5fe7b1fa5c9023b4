package dev.kilonode.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every endpoint promises, virtual or real. A subclass says how endpoints are made and how time passes. */
public abstract class EndpointContract {

    private final List<Told> everyone = new ArrayList<>();

    @AfterEach
    void everythingWasToldOnTheNodesThreadAndNeverFromWithinACall() {
        for (Told each : everyone) assertThat(each.misbehaviour).isEmpty();
    }

    /** An endpoint that is up. */
    protected abstract Endpoint newEndpoint();

    /** An address where nobody listens. */
    protected abstract NodeAddress deadAddress();

    /** Makes a call on the thread of the endpoint's node, and waits for it. */
    protected abstract void on(Endpoint endpoint, Runnable call);

    /** Whether this is the thread of the endpoint's node. */
    protected abstract boolean isOnThreadOf(Endpoint endpoint);

    /** Lets time pass until {@code condition} holds; fails when it does not in a time long enough for every time-out. */
    protected abstract void await(String expected, BooleanSupplier condition);

    /** Lets what is on its way arrive. */
    protected abstract void awaitDelivery();

    /** An endpoint with everything it told. */
    protected final class Told implements EndpointListener {
        public final Endpoint endpoint;
        public final List<Connection> connected = new CopyOnWriteArrayList<>();
        public final List<Frame> frames = new CopyOnWriteArrayList<>();
        public final List<CloseReason> closed = new CopyOnWriteArrayList<>();
        public final List<Connection> dialled = new CopyOnWriteArrayList<>();
        public final List<DialFailure> dialFailures = new CopyOnWriteArrayList<>();
        public final AtomicInteger acknowledged = new AtomicInteger();
        public final AtomicInteger failed = new AtomicInteger();

        /** What was told on a wrong thread, or from within the call that caused it. */
        public final List<String> misbehaviour = new CopyOnWriteArrayList<>();

        private boolean calling;

        public Told() {
            this(newEndpoint());
        }

        /** @param endpoint that nobody listens to yet */
        public Told(Endpoint endpoint) {
            this.endpoint = endpoint;
            everyone.add(this);
            on(endpoint, () -> endpoint.listen(this));
        }

        @Override
        public void connected(Connection connection) {
            told("connected");
            connected.add(connection);
        }

        @Override
        public void received(Connection connection, Frame frame) {
            told("received");
            frames.add(frame);
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            told("closed");
            closed.add(reason);
        }

        public NodeAddress address() {
            return endpoint.localAddress();
        }

        /** Makes a call on the node's thread, from within which nothing may be told. */
        public void call(Runnable call) {
            on(endpoint, () -> {
                calling = true;
                call.run();
                calling = false;
            });
        }

        private void told(String what) {
            if (!isOnThreadOf(endpoint)) misbehaviour.add(what + " on a strange thread");
            if (calling) misbehaviour.add(what + " from within a call");
        }

        public void dial(NodeAddress remote) {
            call(() -> endpoint.dial(remote, new DialListener() {
                @Override
                public void dialled(Connection connection) {
                    told("dialled");
                    dialled.add(connection);
                }

                @Override
                public void dialFailed(DialFailure failure) {
                    told("dial failed");
                    dialFailures.add(failure);
                }
            }));
        }

        public Connection connectTo(Told other) {
            int before = dialled.size();
            dial(other.address());
            await("a connection", () -> dialled.size() > before && other.isConnectedTo(this));
            return dialled.get(dialled.size() - 1);
        }

        private boolean isConnectedTo(Told other) {
            return connected.stream()
                    .anyMatch(each -> each.isOpen() && each.remote().equals(other.address()));
        }

        public void send(Connection connection, byte[] bytes) {
            send(connection, bytes, true);
        }

        /** @param awaited whether the acknowledgement is waited for */
        public void send(Connection connection, byte[] bytes, boolean awaited) {
            call(() -> endpoint.send(connection, Frame.ofBytes(bytes, MessageKind.PING), new SendListener() {
                @Override
                public boolean wantsAcknowledgement() {
                    return awaited;
                }

                @Override
                public void acknowledged() {
                    told("acknowledged");
                    acknowledged.incrementAndGet();
                }

                @Override
                public void sendFailed() {
                    told("send failed");
                    failed.incrementAndGet();
                }
            }));
        }
    }

    @Test
    void bothEndsLearnOfAConnectionAndCountIt() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        assertThat(connection.isOpen()).isTrue();
        assertThat(connection.dialled()).isTrue();
        assertThat(connection.remote()).isEqualTo(b.address());
        assertThat(a.connected).containsExactly(connection);
        assertThat(b.connected).singleElement().satisfies(end -> {
            assertThat(end.remote()).isEqualTo(a.address());
            assertThat(end.dialled()).isFalse();
        });
        assertThat(a.endpoint.openConnections()).isEqualTo(1);
        assertThat(b.endpoint.openConnections()).isEqualTo(1);
    }

    @Test
    void aSecondDialGetsTheLivingConnection() {
        Told a = new Told();
        Told b = new Told();
        Connection first = a.connectTo(b);
        assertThat(a.connectTo(b)).isSameAs(first);
        Connection accepted = b.connected.get(0);
        assertThat(b.connectTo(a)).isSameAs(accepted);
        assertThat(a.connected).hasSize(1);
    }

    @Test
    void dialsAtTheSameTimeToOneAddressShareAConnection() {
        Told a = new Told();
        Told b = new Told();
        a.dial(b.address());
        a.dial(b.address());
        await("two answers", () -> a.dialled.size() == 2);
        await("the other end is told", () -> !b.connected.isEmpty());
        awaitDelivery();
        assertThat(Set.copyOf(a.dialled)).hasSize(1);
        assertThat(b.connected).hasSize(1);
    }

    @Test
    void ofTwoCrossingDialsTheLowerDiallersSurvives() {
        Told a = new Told();
        Told b = new Told();
        a.dial(b.address());
        b.dial(a.address());
        await("both dials answered", () -> a.dialled.size() == 1 && b.dialled.size() == 1);
        awaitDelivery();
        assertThat(a.endpoint.openConnections()).isEqualTo(1);
        assertThat(b.endpoint.openConnections()).isEqualTo(1);
        boolean aIsLower = Integer.compareUnsigned(a.address().ip(), b.address().ip()) < 0
                || a.address().ip() == b.address().ip()
                        && a.address().port() < b.address().port();
        Connection atA = last(a.connected);
        assertThat(atA.isOpen()).isTrue();
        assertThat(atA.dialled()).isEqualTo(aIsLower);
        assertThat(last(b.connected).dialled()).isEqualTo(!aIsLower);
        a.send(atA, new byte[10]);
        await("a frame over the survivor", () -> b.frames.size() == 1);
        assertThat(a.closed).as("the superseded are not announced as closed").isEmpty();
    }

    @Test
    void aDialToNobodyTimesOut() {
        Told a = new Told();
        a.dial(deadAddress());
        await("a failure", () -> a.dialFailures.equals(List.of(DialFailure.TIMEOUT)));
        assertThat(a.endpoint.openConnections()).isZero();
    }

    @Test
    void everyFrameArrivesOnceAndWholeAndIsAcknowledged() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            byte[] bytes = new byte[i * 37];
            bytes[0] = (byte) i;
            sizes.add(bytes.length);
            a.send(connection, bytes);
        }
        await("200 frames", () -> a.acknowledged.get() == 200 && b.frames.size() == 200);
        assertThat(b.frames).extracting(Frame::sizeBytes).containsExactlyInAnyOrderElementsOf(sizes);
        for (Frame frame : b.frames) {
            assertThat(frame.bytes()).isNotNull().startsWith((byte) (frame.sizeBytes() / 37));
        }
        assertThat(a.failed).hasValue(0);
    }

    @Test
    void whoWaitsForNoAcknowledgementHearsOfNoFailure() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        for (int i = 0; i < 10; i++) a.send(connection, new byte[1 + i], false);
        await("10 frames", () -> b.frames.size() == 10);
        a.dial(deadAddress()); // takes longer than a frame may go unacknowledged
        await("a failure", () -> a.dialFailures.equals(List.of(DialFailure.TIMEOUT)));
        assertThat(a.failed).hasValue(0);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void framesOfFourMebibytesArrive() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        byte[] bytes = new byte[4 << 20];
        bytes[bytes.length - 1] = 42;
        a.send(connection, bytes);
        await("the frame", () -> a.acknowledged.get() == 1 && b.frames.size() == 1);
        assertThat(b.frames)
                .singleElement()
                .satisfies(frame -> assertThat(frame.bytes()).isEqualTo(bytes));
    }

    @Test
    void closingIsLearntByBothEndsOnce() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        a.call(() -> {
            a.endpoint.close(connection, CloseReason.IDENTITY_TIMEOUT);
            a.endpoint.close(connection, CloseReason.LOCAL);
            assertThat(a.closed).as("never from within the call").isEmpty();
        });
        await("both to know", () -> a.closed.size() == 1 && b.closed.size() == 1);
        awaitDelivery();
        assertThat(a.closed).containsExactly(CloseReason.IDENTITY_TIMEOUT);
        assertThat(b.closed).containsExactly(CloseReason.REMOTE);
        assertThat(connection.isOpen()).isFalse();
        assertThat(b.connected.get(0).isOpen()).isFalse();
        assertThat(a.endpoint.openConnections()).isZero();
        assertThat(b.endpoint.openConnections()).isZero();
    }

    @Test
    void sendingOnAClosedConnectionFails() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        a.call(() -> a.endpoint.close(connection, CloseReason.LOCAL));
        a.send(connection, new byte[10]);
        await("a failure", () -> a.failed.get() == 1);
        assertThat(b.frames).isEmpty();
    }

    @Test
    void aClosedConnectionCanBeDialledAnew() {
        Told a = new Told();
        Told b = new Told();
        Connection first = a.connectTo(b);
        a.call(() -> a.endpoint.close(first, CloseReason.LOCAL));
        await("both to know", () -> a.closed.size() == 1 && b.closed.size() == 1);
        Connection second = a.connectTo(b);
        assertThat(second).isNotSameAs(first);
        a.send(second, new byte[10]);
        await("a frame", () -> b.frames.size() == 1);
    }

    @Test
    void registrationIsAnswered() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        AtomicInteger answered = new AtomicInteger();
        a.call(() -> {
            a.endpoint.register(connection, new PeerId(1, 2, 3, 4), answered::incrementAndGet);
            assertThat(answered).as("never from within the call").hasValue(0);
        });
        await("an answer", () -> answered.get() == 1);
    }

    @Test
    void registrationIsAnsweredAlsoWhenTheConnectionHasEnded() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        AtomicInteger answered = new AtomicInteger();
        a.call(() -> {
            a.endpoint.register(connection, new PeerId(1, 2, 3, 4), answered::incrementAndGet);
            a.endpoint.close(connection, CloseReason.LOCAL);
            a.endpoint.register(connection, new PeerId(1, 2, 3, 4), answered::incrementAndGet);
        });
        await("two answers", () -> answered.get() == 2);
    }

    @Test
    void framesPassBothWaysAtOnce() {
        Told a = new Told();
        Told b = new Told();
        Connection there = a.connectTo(b);
        Connection back = b.connected.get(0);
        for (int i = 0; i < 20; i++) {
            a.send(there, new byte[100_000]);
            b.send(back, new byte[100_000]);
        }
        await("40 frames", () -> a.frames.size() == 20 && b.frames.size() == 20);
        await("40 acknowledgements", () -> a.acknowledged.get() == 20 && b.acknowledged.get() == 20);
    }

    @Test
    void manyThatDialEachOtherAtOnceEndWithOneConnectionAPair() {
        List<Told> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) all.add(new Told());
        for (Told one : all) {
            for (Told other : all) {
                if (one != other) one.dial(other.address());
            }
        }
        await("all dials answered", () -> all.stream().allMatch(one -> one.dialled.size() == 5));
        awaitDelivery();
        for (Told one : all) {
            assertThat(one.endpoint.openConnections()).as("%s", one.address()).isEqualTo(5);
            List<NodeAddress> living = one.connected.stream()
                    .filter(Connection::isOpen)
                    .map(Connection::remote)
                    .toList();
            assertThat(living).hasSize(5).doesNotHaveDuplicates();
            assertThat(one.closed).isEmpty();
            assertThat(one.dialFailures).isEmpty();
        }
    }

    @Test
    void aGracefulShutdownTellsTheOthers() {
        Told a = new Told();
        Told b = new Told();
        Told c = new Told();
        a.connectTo(b);
        c.connectTo(a);
        a.call(() -> a.endpoint.shutdown(false));
        await("both others to know", () -> b.closed.size() == 1 && c.closed.size() == 1);
        assertThat(b.closed).containsExactly(CloseReason.REMOTE);
        assertThat(c.closed).containsExactly(CloseReason.REMOTE);
        assertThat(a.endpoint.openConnections()).isZero();
        a.dial(b.address());
        await("a refusal", () -> a.dialFailures.equals(List.of(DialFailure.CLOSED)));
    }

    @Test
    void aKilledEndpointIsNotHeardOfAndItsSendersFail() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        b.call(() -> b.endpoint.shutdown(true));
        awaitDelivery();
        assertThat(connection.isOpen()).as("half open").isTrue();
        a.send(connection, new byte[10]);
        await("a failure", () -> a.failed.get() == 1);
        assertThat(b.frames).isEmpty();
        assertThat(b.closed).isEmpty();
    }

    private static Connection last(List<Connection> connections) {
        return connections.get(connections.size() - 1);
    }
}
