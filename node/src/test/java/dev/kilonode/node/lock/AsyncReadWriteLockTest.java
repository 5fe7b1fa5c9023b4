package dev.kilonode.node.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.testkit.RecordingObserver;
import dev.kilonode.node.testkit.TestRuntime;
import dev.kilonode.node.testkit.VirtualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncReadWriteLockTest {

    private static final long WAKE = TestRuntime.WAKE_UP_NANOS;
    private final VirtualClock clock = new VirtualClock();
    private final RecordingObserver watch = new RecordingObserver();
    private final AsyncReadWriteLock lock = new AsyncReadWriteLock(new TestRuntime(clock, 1), watch, LockName.PEERS);
    private final List<String> seen = new ArrayList<>();

    private LockWaiter waiter(String name) {
        return new LockWaiter(() -> seen.add(name + "@" + clock.nowNanos()));
    }

    @Test
    void freeLockIsGrantedWithinTheCall() {
        lock.acquireRead(waiter("r1"));
        lock.acquireRead(waiter("r2"));
        assertThat(seen).containsExactly("r1@0", "r2@0");
        assertThat(watch.waited).containsExactly(0L, 0L);
        assertThat(lock.invariantsHold()).isTrue();
    }

    @Test
    void readerQueuesBehindAWaitingWriter() {
        lock.acquireRead(waiter("r1"));
        lock.acquireWrite(waiter("w"));
        lock.acquireRead(waiter("r2"));
        assertThat(lock.tryAcquireRead()).isFalse();
        assertThat(lock.passRead(4)).isFalse();
        lock.releaseRead();
        clock.runFor(10 * WAKE);
        assertThat(seen).containsExactly("r1@0", "w@" + WAKE);
        lock.releaseWrite();
        clock.runFor(10 * WAKE);
        assertThat(seen).containsExactly("r1@0", "w@" + WAKE, "r2@" + 11 * WAKE);
    }

    @Test
    void noAcquisitionBargesInBetweenHandOverAndWakeUp() {
        lock.acquireWrite(waiter("w1"));
        lock.acquireWrite(waiter("w2"));
        lock.releaseWrite();
        lock.acquireWrite(waiter("barger"));
        assertThat(seen).containsExactly("w1@0");
        clock.runFor(10 * WAKE);
        assertThat(seen).containsExactly("w1@0", "w2@" + WAKE);
    }

    @Test
    void allLeadingReadersAreLetInTogetherAndNoneBehindTheNextWriter() {
        lock.acquireWrite(waiter("w1"));
        lock.acquireRead(waiter("r1"));
        lock.acquireRead(waiter("r2"));
        lock.acquireWrite(waiter("w2"));
        lock.acquireRead(waiter("r3"));
        lock.releaseWrite();
        clock.runFor(10 * WAKE);
        assertThat(seen).containsExactly("w1@0", "r1@" + WAKE, "r2@" + WAKE);
        assertThat(lock.waiting()).isEqualTo(2);
    }

    /** Who are let in together are linked to each other until they are woken; one who waits again leaves that chain. */
    @Test
    void aWaiterThatQueuesAgainWhileWokenNeitherLosesOthersNorWakesTwice() {
        LockWaiter[] again = new LockWaiter[1];
        again[0] = new LockWaiter(() -> {
            seen.add("r1@" + clock.nowNanos());
            lock.releaseRead();
            lock.acquireRead(again[0]);
            lock.acquireRead(waiter("r4"));
        });
        lock.acquireWrite(waiter("w1"));
        lock.acquireRead(again[0]);
        lock.acquireRead(waiter("r2"));
        lock.acquireRead(waiter("r3"));
        lock.acquireWrite(waiter("w2"));
        lock.releaseWrite();
        clock.runFor(10 * WAKE);
        assertThat(seen).containsExactly("w1@0", "r1@" + WAKE, "r2@" + WAKE, "r3@" + WAKE);
        assertThat(lock.waiting()).as("w2, and r1 and r4 behind it").isEqualTo(3);
        assertThat(lock.invariantsHold()).isTrue();
        lock.releaseRead();
        lock.releaseRead();
        clock.runFor(10 * WAKE);
        assertThat(seen).endsWith("r3@" + WAKE, "w2@" + 11 * WAKE);
    }

    @Test
    void holdOfAWriterIncludesItsWakeUp() {
        lock.acquireWrite(waiter("w1"));
        clock.runFor(100);
        lock.acquireWrite(waiter("w2"));
        clock.runFor(200);
        lock.releaseWrite();
        clock.runFor(5 * WAKE);
        lock.releaseWrite();
        assertThat(watch.held).containsExactly(300L, 5 * WAKE);
        assertThat(watch.waited).containsExactly(0L, 200L);
    }

    @Test
    void misuseIsRefused() {
        assertThatThrownBy(lock::releaseRead).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::releaseWrite).isInstanceOf(IllegalStateException.class);
        LockWaiter once = waiter("w");
        lock.acquireWrite(waiter("holder"));
        lock.acquireWrite(once);
        assertThatThrownBy(() -> lock.acquireWrite(once)).hasMessageContaining("waits already");
        assertThat(lock.invariantsHold()).isTrue();
    }

    /** The same lock, told by a list of those who wait and a list of those inside. */
    private static final class Model {
        final ArrayDeque<int[]> waiting = new ArrayDeque<>(); // id, 1 for a writer
        final List<int[]> inside = new ArrayList<>();

        boolean acquire(int id, boolean write) {
            int[] wish = {id, write ? 1 : 0};
            if (waiting.isEmpty() && admits(wish)) return inside.add(wish);
            waiting.add(wish);
            return false;
        }

        List<Integer> release(int id) {
            inside.removeIf(held -> held[0] == id);
            List<Integer> granted = new ArrayList<>();
            while (!waiting.isEmpty() && admits(waiting.element())) {
                granted.add(waiting.element()[0]);
                inside.add(waiting.remove());
            }
            return granted;
        }

        private boolean admits(int[] wish) {
            return inside.isEmpty() || (wish[1] == 0 && inside.get(0)[1] == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesAsTheModelUnderRandomLoad(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = new Model();
        List<String> expected = new ArrayList<>();
        List<int[]> running = new ArrayList<>(); // granted and called, not released
        for (int step = 0; step < 5_000; step++) {
            int id = step;
            boolean write = random.nextInt(3) == 0;
            if (running.isEmpty() || random.nextInt(100) < 48) {
                LockWaiter waiter = new LockWaiter(() -> {
                    seen.add(id + "@" + clock.nowNanos());
                    running.add(new int[] {id, write ? 1 : 0});
                });
                if (model.acquire(id, write)) expected.add(id + "@" + clock.nowNanos());
                if (write) lock.acquireWrite(waiter);
                else lock.acquireRead(waiter);
            } else {
                int[] leaving = running.remove(random.nextInt(running.size()));
                for (int granted : model.release(leaving[0])) expected.add(granted + "@" + (clock.nowNanos() + WAKE));
                if (leaving[1] == 1) lock.releaseWrite();
                else lock.releaseRead();
            }
            assertThat(lock.invariantsHold())
                    .as("balanced, seed %d, step %d", seed, step)
                    .isTrue();
            assertThat(lock.waiting()).as("seed %d, step %d", seed, step).isEqualTo(model.waiting.size());
            if (random.nextInt(3) == 0 || running.isEmpty()) clock.runFor(random.nextLong(3 * WAKE));
            if (running.isEmpty()) clock.runFor(2 * WAKE);
        }
        clock.runFor(2 * WAKE);
        assertThat(seen).as("seed %d", seed).containsExactlyElementsOf(expected);
        assertThat(seen).hasSizeGreaterThan(1_000);
    }
}
