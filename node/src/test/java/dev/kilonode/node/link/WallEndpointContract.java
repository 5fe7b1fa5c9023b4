package dev.kilonode.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.wire.NodeAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

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
    protected abstract Endpoint newEndpoint(WallThread thread);

    @Override
    protected final Endpoint newEndpoint() {
        WallThread thread = new WallThread(this::signal);
        Endpoint endpoint = newEndpoint(thread);
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
    protected final void settle() {
        within(TimeUnit.MILLISECONDS.toNanos(300), () -> false);
    }

    @AfterEach
    void shutDown() {
        threads.forEach((endpoint, thread) -> {
            thread.call(() -> endpoint.shutdown(false));
        });
        threads.values().forEach(WallThread::close);
    }

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
