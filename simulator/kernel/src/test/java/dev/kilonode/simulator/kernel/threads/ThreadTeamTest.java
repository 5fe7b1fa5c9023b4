package dev.kilonode.simulator.kernel.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTeamTest {

    private static final int ROUNDS = 20_000;

    /** Plain fields: a round must publish what the round before has written, to all threads. */
    private final long[] written = new long[8];

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyThreadDoesItsPartOfEveryRoundAndSeesTheRoundBefore(int threads) {
        long[] next = new long[8];
        try (ThreadTeam team = new ThreadTeam(threads, thread -> {
            long sum = 0;
            for (int other = 0; other < threads; other++) sum += written[other];
            next[thread] = sum + thread;
        })) {
            long expected = 0;
            for (int round = 0; round < ROUNDS; round++) {
                team.round();
                for (int thread = 0; thread < threads; thread++) {
                    assertThat(next[thread])
                            .as("round %d of thread %d", round, thread)
                            .isEqualTo(expected + thread);
                    written[thread] = next[thread] % 1_000;
                }
                expected = 0;
                for (int thread = 0; thread < threads; thread++) expected += written[thread];
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatAThreadThrowsEndsTheRoundOfAll(int thrower) {
        AtomicInteger done = new AtomicInteger();
        try (ThreadTeam team = new ThreadTeam(3, thread -> {
            if (thread == thrower) throw new IllegalStateException("thread " + thread);
            done.incrementAndGet();
        })) {
            assertThatThrownBy(team::round)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("thread " + thrower);
            assertThat(done).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClosedTeamHasNoThreads(boolean afterARound) throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        Thread[] seen = new Thread[4];
        ThreadTeam team = new ThreadTeam(4, thread -> {
            seen[thread] = Thread.currentThread();
            done.incrementAndGet();
        });
        if (afterARound) team.round();
        team.close();
        for (int thread = 1; afterARound && thread < 4; thread++) {
            seen[thread].join(10_000);
            assertThat(seen[thread].isAlive()).isFalse();
        }
        assertThat(done).hasValue(afterARound ? 4 : 0);
    }
}
