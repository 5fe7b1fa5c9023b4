package dev.kilonode.simulator.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private static final int MOST = 4_096;

    @Test
    void whatTheQueueHasNoRoomForIsComputedByWhoAsksButNeverWhatWaitsForALoop() throws Exception {
        WorkerPool workers = new WorkerPool(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        workers.compute(() -> {
            busy.countDown();
            await(held);
        });
        busy.await();
        AtomicInteger here = new AtomicInteger();
        Thread asks = Thread.currentThread();
        Runnable job = () -> {
            if (Thread.currentThread() == asks) here.incrementAndGet();
        };
        while (workers.waiting() < MOST) workers.compute(job);
        assertThat(here).hasValue(0);
        workers.compute(job);
        assertThat(here).as("computed by who asks").hasValue(1);
        CompletableFuture<Thread> opener = new CompletableFuture<>();
        workers.open(() -> opener.complete(Thread.currentThread()));
        assertThat(opener).as("it waits, however many do").isNotDone();
        held.countDown();
        assertThat(opener.get()).isNotSameAs(asks);
        assertThat(workers.inline()).isEqualTo(1);
        assertThat(workers.offered()).isEqualTo(MOST + 3);
        workers.close();
    }

    @Test
    void whatIsAskedAfterTheEndIsForgotten() {
        WorkerPool workers = new WorkerPool(1);
        workers.close();
        workers.compute(() -> {
            throw new AssertionError("computed after the end");
        });
        workers.open(() -> {
            throw new AssertionError("opened after the end");
        });
        assertThat(workers.inline()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
