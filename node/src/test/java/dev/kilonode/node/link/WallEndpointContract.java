package dev.kilonode.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.FrameCounters;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.wire.NodeAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract in wall time: each endpoint with a thread of its own, and waits that end when one of them has done something. */
public abstract class WallEndpointContract extends EndpointContract {

    /** As the default, with a dial time-out that a test can wait for. */
    protected static final LinkConfig CONFIG = new LinkConfig(
            Duration.ofSeconds(2),
            LinkConfig.DEFAULT.idleTimeout(),
            LinkConfig.DEFAULT.keepAlive(),
            LinkConfig.DEFAULT.sendTimeout(),
            LinkConfig.DEFAULT.maxFrame(),
            LinkConfig.DEFAULT.sendQueue(),
            LinkConfig.DEFAULT.receiveQueue());

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Endpoint, WallThread> threads = new LinkedHashMap<>();

    /** An endpoint that is up, on a thread of its own. */
    protected abstract AbstractEndpoint newEndpoint(WallThread thread, NodeAddress address, LinkConfig config);

    /** Where nobody listens yet; another at each call. */
    protected abstract NodeAddress newAddress();

    @Override
    protected final Endpoint newEndpoint() {
        return newEndpoint(newAddress(), CONFIG);
    }

    protected final AbstractEndpoint newEndpoint(NodeAddress address, LinkConfig config) {
        WallThread thread = new WallThread(this::signal);
        AbstractEndpoint endpoint = newEndpoint(thread, address, config);
        threads.put(endpoint, thread);
        return endpoint;
    }

    @Override
    protected final void on(Endpoint endpoint, Runnable call) {
        thread(endpoint).call(call);
    }

    @Override
    protected final boolean isOnThreadOf(Endpoint endpoint) {
        return thread(endpoint).isCurrent();
    }

    @Override
    protected final void await(String expected, BooleanSupplier condition) {
        assertThat(within(LIMIT_NANOS, condition)).as(expected).isTrue();
        threads.values().forEach(WallThread::rethrow);
    }

    /** All threads take turns until what is on its way has had time to arrive. */
    @Override
    protected final void awaitDelivery() {
        within(TimeUnit.MILLISECONDS.toNanos(300), () -> false);
    }

    @Test
    void aNodeThatIsBehindIsNotBuried() {
        Told a = new Told();
        AbstractEndpoint slow = newEndpoint(newAddress(), CONFIG);
        Told b = new Told(slow);
        Connection connection = a.connectTo(b);
        FrameCounters sender = ((AbstractEndpoint) a.endpoint).counters();
        int frames = 400;
        stall(slow, () -> {
            for (int i = 0; i < frames; i++) a.send(connection, new byte[100_000]); // 40 MB
            await("the sender's queue is full", () -> a.failed.get() > 0);
            awaitDelivery();
            assertThat(slow.counters().waitingForNode() * 100_000L)
                    .as("bytes read, that wait for the node")
                    .isLessThan(CONFIG.receiveQueue().count() + 1_000_000);
            assertThat(sender.refused()).as("sends refused").isPositive();
            assertThat(a.failed.get()).isEqualTo((int) sender.refused());
        });
        await("all answered", () -> a.acknowledged.get() + a.failed.get() == frames);
        await("all acknowledged read", () -> b.frames.size() == a.acknowledged.get());
        assertThat(sender.offered()).isEqualTo(frames);
        assertThat(sender.waiting()).isZero();
        assertThat(sender.left()).isEqualTo(a.acknowledged.get());
        assertThat(slow.counters().waitingForNode()).isZero();
    }

    @Test
    void silenceEndsAConnection() {
        LinkConfig impatient = with(Duration.ofMillis(500), Duration.ZERO);
        Told a = new Told(newEndpoint(newAddress(), impatient));
        Told b = new Told();
        Connection connection = a.connectTo(b);
        await("both to know", () -> a.closed.size() == 1 && b.closed.size() == 1);
        assertThat(a.closed).containsExactly(CloseReason.IDLE);
        assertThat(b.closed).containsExactly(CloseReason.REMOTE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void signsOfLifeKeepAConnection() {
        LinkConfig impatient = with(Duration.ofMillis(1000), Duration.ofMillis(200));
        Told a = new Told(newEndpoint(newAddress(), impatient));
        Told b = new Told(newEndpoint(newAddress(), impatient));
        Connection connection = a.connectTo(b);
        for (int i = 0; i < 6; i++) awaitDelivery();
        assertThat(connection.isOpen()).isTrue();
        assertThat(a.closed).isEmpty();
    }

    @Test
    void aKilledNodeThatComesBackIsConnectedAnew() {
        Told a = new Told();
        NodeAddress address = newAddress();
        Told b = new Told(newEndpoint(address, CONFIG));
        Connection old = a.connectTo(b);
        b.call(() -> b.endpoint.shutdown(true));
        Told reborn = new Told(newEndpoint(address, CONFIG));
        Connection fresh = reborn.connectTo(a);
        await("both connections", () -> a.connected.size() == 2);
        assertThat(old.isOpen()).as("the zombie has been superseded").isFalse();
        assertThat(a.closed).isEmpty();
        assertThat(a.endpoint.openConnections()).isEqualTo(1);
        reborn.send(fresh, new byte[10]);
        await("a frame", () -> a.frames.size() == 1);
        b.send(b.connected.get(0), new byte[10]);
        awaitDelivery();
        assertThat(a.frames).as("nothing of the dead").hasSize(1);
    }

    @Test
    void aDialToAnAddressThatListensNoMoreFails() {
        Told a = new Told();
        Told b = new Told();
        b.call(() -> b.endpoint.shutdown(false));
        awaitDelivery();
        a.dial(b.address());
        await("a failure", () -> a.dialFailures.size() == 1);
        assertThat(a.endpoint.openConnections()).isZero();
    }

    @Test
    void aTakenAddressIsRefusedWithWords() {
        Told a = new Told();
        assertThatThrownBy(() -> newEndpoint(a.address(), CONFIG))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining(a.address().toString());
    }

    /** As {@link #CONFIG}, with other time-outs. */
    protected static LinkConfig with(Duration idleTimeout, Duration keepAlive) {
        return new LinkConfig(
                CONFIG.dialTimeout(),
                idleTimeout,
                keepAlive,
                CONFIG.sendTimeout(),
                CONFIG.maxFrame(),
                CONFIG.sendQueue(),
                CONFIG.receiveQueue());
    }

    /** Lets the node's thread do nothing else while {@code meanwhile} is going on. */
    protected final void stall(Endpoint endpoint, Runnable meanwhile) {
        CountDownLatch stalled = new CountDownLatch(1);
        thread(endpoint).execute(() -> awaitQuietly(stalled));
        try {
            meanwhile.run();
        } finally {
            stalled.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void shutDown() {
        threads.forEach((endpoint, thread) -> {
            thread.call(() -> endpoint.shutdown(false));
        });
        threads.values().forEach(WallThread::close);
        endpointsAreDown();
    }

    /** Called after the test, when all its endpoints have been shut down. */
    protected void endpointsAreDown() {}

    private WallThread thread(Endpoint endpoint) {
        WallThread thread = threads.get(endpoint);
        if (thread == null) throw new AssertionError("not one of this test's endpoints");
        return thread;
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean within(long limitNanos, BooleanSupplier condition) {
        long left = limitNanos;
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) return false;
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    /** 127.x.y.z with a port. */
    protected static NodeAddress loopback(int number, int port) {
        return new NodeAddress(127 << 24 | 77 << 16 | number / 250 << 8 | number % 250 + 1, port);
    }
}
