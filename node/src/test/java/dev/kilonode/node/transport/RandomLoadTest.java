package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.testkit.LoopbackEndpoint;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomLoadTest {

    private static final long MILLI = 1_000_000L;
    private static final int NODES = 6;
    private static final int STEPS = 1_500;

    /** What one run did, to be compared with another of the same seed. */
    private record Outcome(
            Map<RequestFailure, Integer> failures, int replies, long drops, long events, long endNanos) {}

    @ParameterizedTest
    @EnumSource(RegistryDesign.class)
    void accountsBalanceAtEveryEventAndEveryRequestEndsOnce(RegistryDesign design) {
        for (long seed = 1; seed <= 3; seed++) {
            Outcome outcome = run(design, seed);
            assertThat(outcome.replies()).as("seed %d", seed).isGreaterThan(50);
            assertThat(outcome.failures()).as("seed %d", seed).containsKey(RequestFailure.SHUT_DOWN);
            assertThat(run(design, seed)).as("same again, seed %d", seed).isEqualTo(outcome);
        }
    }

    private static Outcome run(RegistryDesign design, long seed) {
        String where = design.label() + ", seed " + seed;
        SplittableRandom random = new SplittableRandom(seed);
        VirtualClock clock = new VirtualClock();
        LoopbackEndpoint.Network network = new LoopbackEndpoint.Network();
        List<TestTransport> nodes = new ArrayList<>();
        AcceptorAnnounce announce = AcceptorAnnounce.values()[(int) (seed % 2)];
        for (int i = 1; i <= NODES; i++) {
            TestTransport node =
                    new TestTransport(clock, network, i, TestConfigs.transport(design.label(), 4, 64, 8), announce);
            node.runtime.price(WorkKind.RECEIVE, 10_000);
            node.runtime.price(WorkKind.VERIFY, 300_000);
            node.runtime.price(WorkKind.SIGN, 600_000);
            node.endpoint.registrationNanos(2 * MILLI);
            node.transport.subscribe(Topic.DHT, (from, message, done) -> {
                if (message instanceof DhtMessage.Ping ping) {
                    node.transport.send(from, new DhtMessage.Pong(ping.requestId()), null);
                }
                var unused = clock.schedule(MILLI, done);
            });
            nodes.add(node);
        }
        clock.afterEachEvent(() -> {
            for (TestTransport node : nodes) {
                if (!node.transport.invariantsHold()) throw new AssertionError(where + " at " + clock.nowNanos());
            }
        });
        Map<RequestFailure, Integer> failures = new EnumMap<>(RequestFailure.class);
        int[] ends = {0, 0};
        int begun = 0;
        for (int step = 0; step < STEPS; step++) {
            TestTransport from = nodes.get(random.nextInt(NODES));
            TestTransport to = nodes.get(random.nextInt(NODES));
            if (from == to) continue;
            switch (random.nextInt(20)) {
                case 0 -> from.endpoint.holdRegistrations();
                case 1, 2, 3 -> from.endpoint.releaseRegistrations();
                case 4 -> from.endpoint.loses(frame -> frame.kind() == MessageKind.IDENTITY_ANNOUNCE);
                case 5, 6 -> from.endpoint.loses(frame -> false);
                case 7 -> {
                    if (random.nextInt(10) == 0) from.endpoint.blackout();
                }
                case 8 -> {
                    if (step > STEPS / 2 && random.nextInt(20) == 0) from.transport.shutdown(random.nextBoolean());
                }
                case 9, 10 -> {
                    for (int i = 0; i < 12; i++) {
                        from.transport.send(to.record.id(), new DhtMessage.Notify(from.record), null);
                    }
                }
                default -> {
                    long id = from.transport.nextRequestId();
                    begun++;
                    from.transport.request(to.record, new DhtMessage.Ping(id), 500 * MILLI, exchange -> {
                        if (exchange.failure() == null) ends[0]++;
                        else failures.merge(exchange.failure(), 1, Integer::sum);
                        ends[1]++;
                    });
                }
            }
            clock.runFor(random.nextLong(30 * MILLI));
        }
        nodes.forEach(node -> node.transport.shutdown(false));
        nodes.forEach(node -> node.endpoint.releaseRegistrations());
        clock.runFor(120_000 * MILLI);
        assertThat(ends[1]).as(where).isEqualTo(begun);
        assertThat(clock.pending()).as("timers left, %s", where).isZero();
        long drops = 0;
        for (TestTransport node : nodes) {
            assertThat(node.transport.shardDepth()).as(where).isZero();
            assertThat(node.transport.pendingRequests()).as(where).isZero();
            assertThat(node.transport.totalDrops()).as(where).isEqualTo(node.watch.drops(DropCause.SHARD_FULL));
            drops += node.transport.totalDrops();
        }
        return new Outcome(failures, ends[0], drops, clock.happened(), clock.nowNanos());
    }
}
