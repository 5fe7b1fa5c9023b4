package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.testkit.RecordingObserver;
import dev.kilonode.node.testkit.TestRuntime;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTableTest {

    private final VirtualClock clock = new VirtualClock();
    private final RecordingObserver watch = new RecordingObserver();
    private final List<String> ends = new ArrayList<>();

    private final class Pending extends PendingRequest {
        private final RequestTable table;

        Pending(RequestTable table, PeerId peer, Message request) {
            super(peer, request);
            this.table = table;
        }

        private void end(String how) {
            table.end(this);
            ends.add(request.requestId() + " " + how + " at " + clock.nowNanos());
        }

        @Override
        void replied(Message reply) {
            end("replied");
        }

        @Override
        void expired() {
            end("expired");
        }

        @Override
        void shutDown() {
            end("shut down");
        }
    }

    /** What must still be open, and when it must expire: by id. */
    private record Open(Pending pending, long deadlineNanos) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyRequestEndsOnceAtItsReplyOrExactlyAtItsDeadline(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RequestTable table = new RequestTable(new TestRuntime(clock, seed), watch, 300);
        clock.afterEachEvent(
                () -> assertThat(table.invariantsHold()).as("seed %d", seed).isTrue());
        long[] timeouts = {700, 1_000, 5_000};
        TreeMap<Long, Open> open = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        int late = 0;
        for (int step = 0; step < 6_000; step++) {
            long id = table.nextId();
            assertThat(ids.add(id)).isTrue();
            assertThat(id).isNotZero();
            Pending pending = new Pending(table, TestTransport.id(1), new DhtMessage.Ping(id));
            if (table.begin(pending)) {
                long timeout = timeouts[random.nextInt(3)];
                table.arm(pending, timeout);
                open.put(id, new Open(pending, clock.nowNanos() + timeout));
            } else {
                assertThat(open).hasSize(300);
            }
            if (random.nextBoolean()) {
                long asked = id - random.nextInt(60);
                Open answered = open.remove(asked);
                if (answered != null) expected.add(asked + " replied at " + clock.nowNanos());
                else if (ids.contains(asked)) late++;
                table.replied(TestTransport.id(1), new DhtMessage.Pong(asked));
            }
            long untilNanos = clock.nowNanos() + random.nextLong(30);
            for (Open each : List.copyOf(open.values())) {
                if (each.deadlineNanos() > untilNanos) continue;
                long expiredId = each.pending().request.requestId();
                open.remove(expiredId);
                expected.add(expiredId + " expired at " + each.deadlineNanos());
            }
            clock.runFor(untilNanos - clock.nowNanos());
            assertThat(table.size()).as("seed %d, step %d", seed, step).isEqualTo(open.size());
        }
        assertThat(table.late()).as("seed %d", seed).isEqualTo(late).isEqualTo(watch.lateReplies);
        assertThat(ends).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        open.keySet().forEach(id -> expected.add(id + " shut down at " + clock.nowNanos()));
        table.shutdown();
        assertThat(ends).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(table.size()).isZero();
        assertThat(clock.pending()).as("timers left").isZero();
        assertThat(table.invariantsHold()).isTrue();
    }

    @Test
    void aRestartedNodeDoesNotReuseRequestIds() {
        TestRuntime runtime = new TestRuntime(clock, 7);
        RequestTable first = new RequestTable(runtime, watch, 10);
        long id = first.nextId();
        RequestTable second = new RequestTable(runtime, watch, 10);
        assertThat(Math.abs(second.nextId() - id)).isGreaterThan(1L << 32);
    }

    @Test
    void anUnsolicitedReplyIsNotCountedAsLate() {
        RequestTable table = new RequestTable(new TestRuntime(clock, 7), watch, 10);
        table.replied(TestTransport.id(1), new DhtMessage.Pong(table.nextId() + 1));
        assertThat(table.misplaced()).isEqualTo(1);
        assertThat(watch.lateReplies).isZero();
    }
}
