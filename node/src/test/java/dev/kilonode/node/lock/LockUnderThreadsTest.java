package dev.kilonode.node.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LockUnderThreadsTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    /** Two plain fields that only a writer may see unequal. */
    private long left;

    private long right;

    @Test
    void writersExcludeEveryoneAndNoGrantIsLost() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        AsyncReadWriteLock lock = new AsyncReadWriteLock(wakingOn(pool), NodeObserver.NONE, LockName.CHANNELS);
        AtomicInteger torn = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(THREADS * ROUNDS);
        try {
            for (int thread = 0; thread < THREADS; thread++) {
                boolean writes = thread % 2 == 0;
                pool.execute(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        if (writes && i % 2 == 0)
                            lock.acquireWrite(new LockWaiter(() -> write(lock, torn, inside, ended)));
                        else lock.acquireRead(new LockWaiter(() -> read(lock, torn, inside, ended)));
                    }
                });
            }
            assertThat(ended.await(60, TimeUnit.SECONDS))
                    .as("every request was granted")
                    .isTrue();
        } finally {
            pool.shutdownNow();
        }
        assertThat(torn).hasValue(0);
        assertThat(left).isEqualTo(THREADS / 2 * ROUNDS / 2).isEqualTo(right);
        assertThat(lock.invariantsHold()).isTrue();
        assertThat(lock.isHeld()).isFalse();
        assertThat(lock.granted()).isEqualTo(THREADS * ROUNDS);
    }

    private void write(AsyncReadWriteLock lock, AtomicInteger torn, AtomicInteger inside, CountDownLatch ended) {
        if (inside.getAndSet(1_000_000) != 0) torn.incrementAndGet();
        left++;
        Thread.onSpinWait();
        right++;
        if (!inside.compareAndSet(1_000_000, 0)) torn.incrementAndGet();
        lock.releaseWrite();
        ended.countDown();
    }

    private void read(AsyncReadWriteLock lock, AtomicInteger torn, AtomicInteger inside, CountDownLatch ended) {
        if (inside.incrementAndGet() > 1_000) torn.incrementAndGet();
        if (left != right) torn.incrementAndGet();
        inside.decrementAndGet();
        lock.releaseRead();
        ended.countDown();
    }

    private static NodeRuntime wakingOn(ExecutorService pool) {
        return new NodeRuntime() {
            @Override
            public long nowNanos() {
                return 0;
            }

            @Override
            public long unixSeconds() {
                return 0;
            }

            @Override
            public Timer schedule(long delayNanos, Runnable task) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void wakeUp(Runnable task) {
                pool.execute(task);
            }

            @Override
            public void run(Work work, Runnable then) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void run(WorkKind kind, long bytes, Runnable then) {
                throw new UnsupportedOperationException();
            }

            @Override
            public RandomGenerator random() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
