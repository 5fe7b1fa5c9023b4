package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import dev.kilonode.simulator.settings.WorkCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dials, frames of all sizes, closes, kills, restarts, isolations and changes of links, paths and cores, in random order. */
class ChaosTest {

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void accountsBalanceAndListenersAreToldOnce(long seed) {
        Chaos chaos = new Chaos(seed, seed % 2 == 0);
        chaos.run(6_000);
        assertThat(chaos.imbalances).as("seed %d", seed).isZero();
        MessageCounts accounts = chaos.world.accounts();
        assertThat(accounts.delivered()).as("seed %d: %s", seed, accounts).isGreaterThan(500);
        assertThat(accounts.lost()).as("seed %d: %s", seed, accounts).isGreaterThan(20);
        chaos.finish();
        accounts = chaos.world.accounts();
        assertThat(accounts.inFlight()).as("seed %d: %s", seed, accounts).isZero();
        assertThat(chaos.world.invariantsHold())
                .as("seed %d: %s", seed, accounts)
                .isTrue();
        assertThat(chaos.sendsOpen)
                .as("seed %d: sends without an outcome", seed)
                .isZero();
        assertThat(accounts.awaited()).as("seed %d: %s", seed, accounts).isZero();
        assertThat(accounts.acknowledged()).as("seed %d: %s", seed, accounts).isEqualTo(chaos.acknowledged);
        assertThat(accounts.givenUp() - chaos.failed)
                .as("seed %d: given up by killed senders, of %s", seed, accounts)
                .isBetween(0L, accounts.givenUp(FrameFailure.NODE_STOPPED));
        assertThat(chaos.dialsOpen)
                .as("seed %d: dials without an outcome", seed)
                .isZero();
    }

    @Test
    void equalSeedsGiveEqualDigestsAndOthersDoNot() {
        String first = digest(21);
        assertThat(digest(21)).isEqualTo(first);
        assertThat(digest(22)).isNotEqualTo(first);
    }

    @Test
    void theDigestIsTheSameOnEveryMachineAndJdk() {
        // changes with every change of the world's behaviour: find out why before you update it
        assertThat(digest(21)).isEqualTo("516ae54e3d3698feab0f11c342516d2c");
    }

    private static String digest(long seed) {
        Chaos chaos = new Chaos(seed, false);
        chaos.run(2_000);
        return chaos.world.digestHex();
    }

    private static final class Chaos {
        final VirtualWorld world;
        final RandomStream random;
        final List<VirtualNode> nodes = new ArrayList<>();
        final List<Connection> connections = new ArrayList<>();
        int sendsOpen;
        long acknowledged;
        long failed;
        int dialsOpen;
        int imbalances;
        private int names;
        private final long[][] used = new long[12][3];
        private long usedNanos;

        Chaos(long seed, boolean keepsDead) {
            world = Worlds.world(
                    Worlds.network(0.5, 0.02, keepsDead),
                    Worlds.costs(
                            new WorkCost(Duration.ofNanos(300_000), Duration.ZERO, "test"),
                            Duration.ofNanos(25_000),
                            Worlds.NO_LOCK),
                    seed);
            random = new Seeds(seed).stream("chaos");
            for (int i = 0; i < 12; i++) world.addHost(Worlds.group(i % 2 == 0 ? "eu" : "us"));
            for (int i = 0; i < 30; i++) start(world.hosts().get(i % 12));
        }

        void run(int steps) {
            for (int i = 0; i < steps; i++) {
                step();
                world.runUntil(world.engine().nowNanos() + random.nextLong(40_000_000));
                if (i % 50 == 0 && !world.invariantsHold()) imbalances++;
                if (i % 50 == 0) checkUse();
            }
        }

        /** No host has worked for longer than the time that passed, and its link has passed no more than it can. */
        private void checkUse() {
            double passedNanos = world.engine().nowNanos() - usedNanos;
            usedNanos = world.engine().nowNanos();
            for (int i = 0; i < 12; i++) {
                VirtualHost host = world.hosts().get(i);
                long[] now = {host.busyNanos(usedNanos), host.bytesUp(), host.bytesDown()};
                // two cores; both kinds of frames pass a link that has all its bandwidth at the same time, and factors
                // are up to 1.05
                double[] most = {2 * passedNanos, 2.1 * 0.1 * passedNanos, 2.1 * 0.1 * passedNanos + 64 * 1024};
                for (int gauge = 0; gauge < 3; gauge++) {
                    double more = now[gauge] - used[i][gauge];
                    used[i][gauge] = now[gauge];
                    if (more < 0 || more > most[gauge] + 2) imbalances++;
                }
            }
        }

        /** Reconnects isolated hosts and lets everything in transit finish. */
        void finish() {
            for (VirtualHost host : world.hosts()) host.isolate(false);
            world.runUntil(world.engine().nowNanos() + Duration.ofHours(1).toNanos());
        }

        private void step() {
            VirtualNode node = nodes.get(random.nextInt(nodes.size()));
            int choice = random.nextInt(100);
            if (choice < 25) dial(node, nodes.get(random.nextInt(nodes.size())));
            else if (choice < 85) send();
            else if (choice < 89) closeOne();
            else if (choice < 93) replace(node);
            else if (choice < 96) node.host().isolate(random.nextInt(6) == 0);
            else if (choice < 97) node.host().setBandwidthFactor(0.05 + random.nextDouble());
            else if (choice < 98) node.host().setLatencyFactor(20 * random.nextDouble());
            else if (choice < 99) node.host().setLossFactor(20 * random.nextDouble());
            else node.host().setCoreSpeedFactor(0.05 + random.nextDouble());
        }

        private void start(VirtualHost host) {
            VirtualNode node = host.newNode("n" + names++, random.nextBoolean());
            node.endpoint().listen(new EndpointListener() {
                @Override
                public void connected(Connection connection) {
                    connections.add(connection);
                }

                @Override
                public void received(Connection connection, Frame frame) {}

                @Override
                public void closed(Connection connection, CloseReason reason) {}
            });
            nodes.add(node);
        }

        private void replace(VirtualNode node) {
            nodes.remove(node);
            boolean abrupt = random.nextBoolean();
            if (abrupt) {
                // a killed node receives no results
                sendsOpen -= pendingSends(node);
                dialsOpen -= pendingDials(node);
            }
            node.endpoint().shutdown(abrupt);
            start(node.host());
        }

        private final List<VirtualNode> senders = new ArrayList<>();
        private final List<VirtualNode> diallers = new ArrayList<>();

        private int pendingSends(VirtualNode node) {
            int before = senders.size();
            senders.removeIf(sender -> sender == node);
            return before - senders.size();
        }

        private int pendingDials(VirtualNode node) {
            int before = diallers.size();
            diallers.removeIf(dialler -> dialler == node);
            return before - diallers.size();
        }

        private void dial(VirtualNode from, VirtualNode to) {
            dialsOpen++;
            diallers.add(from);
            from.endpoint().dial(to.address(), new DialListener() {
                @Override
                public void dialled(Connection connection) {
                    ended();
                }

                @Override
                public void dialFailed(DialFailure failure) {
                    ended();
                }

                private void ended() {
                    dialsOpen--;
                    diallers.remove(from);
                }
            });
        }

        private void send() {
            if (connections.isEmpty()) return;
            VirtualConnection connection = (VirtualConnection) connections.get(random.nextInt(connections.size()));
            if (!connection.isOpen()) connections.remove(connection); // one send on a closed connection is enough
            VirtualNode from = null;
            for (VirtualNode node : nodes) {
                if (node.endpoint() == connection.owner) from = node;
            }
            if (from == null) return;
            VirtualNode sender = from;
            int bytes = random.nextInt(10) == 0 ? 4 << 20 : 100 + random.nextInt(10_000);
            sendsOpen++;
            senders.add(sender);
            sender.endpoint().send(connection, Frame.ofBytes(new byte[bytes], MessageKind.PING), new SendListener() {
                @Override
                public void acknowledged() {
                    acknowledged++;
                    ended();
                }

                @Override
                public void sendFailed() {
                    failed++;
                    ended();
                }

                private void ended() {
                    sendsOpen--;
                    senders.remove(sender);
                }
            });
        }

        private void closeOne() {
            if (connections.isEmpty()) return;
            VirtualConnection connection = (VirtualConnection) connections.remove(random.nextInt(connections.size()));
            if (!connection.owner.isDown()) connection.owner.close(connection, CloseReason.LOCAL);
        }
    }
}
