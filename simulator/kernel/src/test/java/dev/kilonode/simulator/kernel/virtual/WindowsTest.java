package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts on several threads do what they do on one. */
@Tag("once")
class WindowsTest {

    private static final int HOSTS = 23;

    /** A node that dials at random, sends at random, closes at random, and tells the harness of every tenth frame. */
    private final class Peer implements EndpointListener, DialListener {

        final VirtualNode node;
        final List<Connection> open = new ArrayList<>();
        long received;

        Peer(VirtualNode node) {
            this.node = node;
            node.endpoint().listen(this);
            again();
        }

        private void again() {
            node.runtime().schedule(1_000_000 + node.runtime().random().nextLong(40_000_000), this::act);
        }

        private void act() {
            var random = node.runtime().random();
            int choice = random.nextInt(20);
            if (open.isEmpty() || choice < 3) {
                int number = random.nextInt(HOSTS);
                node.endpoint().dial(new NodeAddress(world.ip(number), 10_000), this);
            } else {
                Connection connection = open.get(random.nextInt(open.size()));
                int bytes = random.nextInt(15) == 0 ? 300_000 : 100 + random.nextInt(3_000);
                if (choice == 3) close(connection);
                else if (connection.isOpen())
                    node.endpoint().send(connection, Frame.ofBytes(new byte[bytes], MessageKind.PING), null);
            }
            again();
        }

        private void close(Connection connection) {
            open.remove(connection);
            node.endpoint().close(connection, CloseReason.LOCAL);
        }

        @Override
        public void dialled(Connection connection) {}

        @Override
        public void dialFailed(DialFailure failure) {}

        @Override
        public void connected(Connection connection) {
            open.add(connection);
        }

        @Override
        public void received(Connection connection, Frame frame) {
            long atNanos = node.runtime().nowNanos();
            if (++received % 10 == 0) {
                node.host()
                        .tell(() -> told.add(node.name() + " at " + atNanos + ", "
                                + world.engine().nowNanos()));
            }
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            open.remove(connection);
        }
    }

    private final List<String> told = new ArrayList<>();
    private VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);

    private String run(long seed, int threads, long stepNanos) {
        told.clear();
        world = new VirtualWorld(
                Worlds.network(0.5, 0.01, false),
                Worlds.costs(Worlds.FREE, Duration.ofNanos(20_000), Worlds.NO_LOCK),
                new Seeds(seed),
                threads);
        world.expectHostChanges();
        try (VirtualWorld closing = world) {
            List<Peer> peers = new ArrayList<>();
            for (int number = 0; number < HOSTS; number++) {
                peers.add(new Peer(world.addHost(Worlds.group(number % 3 == 0 ? "us" : "eu"))
                        .newNode("n" + number, false)));
            }
            for (int second = 1; second < 10; second++) {
                VirtualHost host = world.hosts().get(second);
                long atNanos = second * 1_000_000_000L + 123_456 * second;
                world.engine().schedule(atNanos, () -> host.setLatencyFactor(0.05 + 0.2 * host.region));
                world.engine().schedule(atNanos + 300_000_000, () -> host.isolate(true));
                world.engine().schedule(atNanos + 700_000_000, () -> host.isolate(false));
            }
            for (long nanos = 0; nanos < 12_000_000_000L; nanos += stepNanos) world.runUntil(nanos);
            world.runUntil(12_000_000_000L);
            assertThat(closing.invariantsHold())
                    .as("seed %d, %s", seed, world.accounts())
                    .isTrue();
            assertThat(world.accounts().delivered()).as("seed %d", seed).isGreaterThan(2_000);
            assertThat(world.accounts().lost()).as("seed %d", seed).isPositive();
            return world.digestHex() + " " + world.eventsFired() + " " + world.accounts() + " " + told;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theNumberOfThreadsChangesNothing(long seed) {
        String one = run(seed, 1, 250_000_000);
        for (int threads : new int[] {2, 3, 7, 16, 40}) {
            assertThat(run(seed, threads, 250_000_000))
                    .as("seed %d, %d threads", seed, threads)
                    .isEqualTo(one);
        }
    }

    @Test
    void theHarnessHearsInOrderAndSoon() {
        String ignored = run(7, 3, 250_000_000);
        assertThat(told).hasSizeGreaterThan(100);
        long before = 0;
        for (String line : told) {
            String[] words = line.split("[ ,]+");
            long atNanos = Long.parseLong(words[2]);
            long heardNanos = Long.parseLong(words[3]);
            assertThat(atNanos).isGreaterThanOrEqualTo(before);
            assertThat(heardNanos - atNanos).as(line).isBetween(0L, 10_000_000L); // the least latency
            before = atNanos;
        }
    }

    /** Where the harness looks does not change what hosts do, apart from when it hears of it. */
    @Test
    void theStepsOfTheHarnessDoNotChangeTheDigest() {
        String one = run(8, 2, 250_000_000).split(" ")[0];
        assertThat(run(8, 2, 1_234_567).split(" ")[0]).isEqualTo(one);
        assertThat(run(8, 1, 12_000_000_000L).split(" ")[0]).isEqualTo(one);
    }
}
