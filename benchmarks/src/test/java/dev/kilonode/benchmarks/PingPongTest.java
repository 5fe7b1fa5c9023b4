package dev.kilonode.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PingPongTest {

    /** Connects at once, and remembers who dialled whom. */
    private static final class Recorded extends PingPong {

        private final Map<Integer, Set<Integer>> dialled = new HashMap<>();

        Recorded(int nodes, int degree) {
            super(nodes, degree);
        }

        @Override
        void listen() {}

        @Override
        void connect(int from, int to) {
            dialled.computeIfAbsent(from, node -> new HashSet<>()).add(to);
            connected();
        }

        @Override
        void ask() {
            replies.increment();
        }
    }

    @Test
    void eachNodeDialsAsManyOthersAndNoTwoDialEachOther() throws Exception {
        Recorded side = new Recorded(21, 10);
        side.connect();
        assertThat(side.dialled).hasSize(21);
        side.dialled.forEach((from, others) -> {
            assertThat(others).hasSize(10).doesNotContain(from);
            others.forEach(to -> assertThat(side.dialled.get(to)).doesNotContain(from));
        });
    }

    @Test
    void tooFewNodesAreRefused() {
        assertThatThrownBy(() -> new Recorded(20, 10)).hasMessageContaining("20 nodes are too few to dial 10");
    }

    @Test
    void rateCountsOnlyWhatComesAfterTheWarmUp() throws Exception {
        long[] requests = {0};
        Rate rate = Rate.measure(() -> requests[0], () -> {
            requests[0] += 100;
            Thread.sleep(50);
        });
        assertThat(rate.perSecond()).as("100 requests in 50 ms or more").isBetween(1.0, 2_000.0);
    }
}
