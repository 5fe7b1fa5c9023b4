package dev.kilonode.simulator.run.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.SimulatedSigner;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.NodeTimers;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.harness.ScenarioWorlds;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One node that is watched by hand: what it shows, and when a look takes it for a violation. */
class InvariantWatchTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<EventRow> events = new ArrayList<>();
    private final Scenario scenario;
    private final World world;
    private final Node node;
    private final InvariantWatch watch;
    private boolean uploading;

    InvariantWatchTest() throws IOException {
        LoadedScenario loaded = new ScenarioLoader().load(Path.of("../..", "scenarios", "smoke.yaml"), List.of());
        scenario = loaded.scenario();
        world = ScenarioWorlds.of(loaded, 1);
        PeerId id = new PeerId(1, 2, 3, 4);
        NodeHandle place = world.addHost(0, scenario.hosts().get(0)).addNode(new NodeSpec("node", id, null, false));
        Transport transport = new Transport(
                place.runtime(),
                place.endpoint(),
                new SimulatedSigner(
                        id,
                        new EnvelopeCodec(
                                SignatureScheme.named(scenario.identity().algorithm()), 1 << 20)),
                false,
                loaded.transportDesigns(),
                scenario.transport(),
                scenario.identity(),
                NodeObserver.NONE);
        node = new Node(id, transport, new Handle(place));
        RunningUploads uploads = visitor -> {
            if (uploading) visitor.upload(7, transport);
        };
        watch = new InvariantWatch(
                world,
                scenario,
                List.of(node),
                true,
                uploads,
                new MetricSet(8, EnumSet.allOf(MetricSource.class)),
                events::add);
        watch.begun(node);
    }

    @Test
    void aClosedConnectionInTheTableIsAViolationOnceItStays() {
        FakeConnection closed = new FakeConnection(false);
        node.place.more.add(closed);
        lookAt(10);
        lookAt(15);
        assertThat(events).isEmpty(); // its end may be under way
        lookAt(25);
        assertViolated("connections-released", 10_000, "node 0");
        lookAt(90);
        assertThat(events).hasSize(1); // told once
    }

    @Test
    void aClosedConnectionThatGoesIsNone() {
        node.place.more.add(new FakeConnection(false));
        lookAt(10);
        node.place.more.clear();
        lookAt(25);
        node.place.more.add(new FakeConnection(false)); // another one, to the same address
        lookAt(30);
        lookAt(35);
        assertThat(events).isEmpty();
    }

    @Test
    void aConnectionToANodeThatIsGoneMayStayForTwiceTheIdleTimeout() {
        node.place.more.add(new FakeConnection(true));
        long idleSeconds = scenario.network().idleTimeout().toSeconds();
        lookAt(10);
        lookAt(10 + 2 * idleSeconds);
        assertThat(events).isEmpty();
        lookAt(25 + 2 * idleSeconds);
        assertViolated("connections-released", 10_000, "node 0");
    }

    @Test
    void anAcknowledgedChunkThatNoNodeHoldsIsAViolation() {
        Chunk kept = new Chunk(new PeerId(5, 0, 0, 0), 100, null);
        Chunk lost = new Chunk(new PeerId(6, 0, 0, 0), 100, null);
        node.store.put(node.place.runtime(), kept, unused -> {});
        watch.acknowledged(kept.address(), List.of(node.id));
        watch.acknowledged(lost.address(), List.of(node.id));
        lookAt(10);
        lookAt(30);
        assertViolated("chunks-readable", 10_000, "store");
        assertThat(String.valueOf(events.get(0).details().get("what")))
                .contains(lost.address().shortHex(), "node 0 acknowledged it");
    }

    @Test
    void whatIsFoundWhileTheTesterIsLateMustBeFoundAgain() {
        node.place.more.add(new FakeConnection(false));
        world.runUntil(10 * SECOND);
        watch.look(0);
        world.runUntil(25 * SECOND);
        watch.look(0);
        watch.closeWindow(false);
        assertThat(events).isEmpty();
        lookAt(30);
        lookAt(45);
        assertViolated("connections-released", 30_000, "node 0");
    }

    @Test
    void aLostChunkIsToldThoughTheTesterIsLateAndAStuckUploadOnceItIsNot() {
        watch.acknowledged(new PeerId(6, 0, 0, 0), List.of(node.id));
        lookAt(10);
        world.runUntil(30 * SECOND);
        watch.look(0);
        watch.closeWindow(false);
        assertViolated("chunks-readable", 10_000, "store");
        events.clear();
        uploading = true;
        lookAt(40);
        world.runUntil((60 + ProgressLimits.of(scenario).uploadNanos() / SECOND) * SECOND);
        watch.look(0);
        watch.closeWindow(false);
        assertThat(events).isEmpty();
        lookAt(70 + ProgressLimits.of(scenario).uploadNanos() / SECOND);
        assertViolated("uploads-end", 40_000, "client 7");
        world.runUntil((80 + ProgressLimits.of(scenario).uploadNanos() / SECOND) * SECOND);
        watch.look(0);
        watch.closeWindow(false);
        lookAt(90 + ProgressLimits.of(scenario).uploadNanos() / SECOND);
        assertThat(events).hasSize(1); // told once
    }

    @Test
    void aRequestThatIsPendingAtTwoDistantLooksIsNoLackOfProgressUnlessItIsTheSame() {
        Progress progress = new Progress();
        assertThat(progress.seen(0, 7, Progress.Activity.IDLE)).isZero();
        assertThat(progress.seen(600 * SECOND, 7, Progress.Activity.BUSY)).isZero();
        assertThat(progress.seen(700 * SECOND, 7, Progress.Activity.EXCUSED)).isZero();
        assertThat(progress.seen(800 * SECOND, 7, Progress.Activity.BUSY)).isZero();
        assertThat(progress.seen(900 * SECOND, 7, Progress.Activity.BUSY)).isEqualTo(100 * SECOND);
        assertThat(progress.seen(950 * SECOND, 8, Progress.Activity.BUSY)).isZero();
    }

    @Test
    void theSampleOfChunksIsBoundedAndStillFindsALoss() {
        ChunkWatch chunks = new ChunkWatch(List.of(node));
        Random random = new Random(1);
        for (int i = 0; i < 20 * ChunkWatch.MOST; i++) chunks.acknowledged(PeerId.random(random), List.of(node.id));
        assertThat(chunks.lookAtAll(0)).isEmpty();
        assertThat(chunks.lookAtAll(60 * SECOND)).hasSizeBetween(ChunkWatch.MOST / 2, ChunkWatch.MOST);
        assertThat(chunks.lookAtAll(120 * SECOND)).isEmpty(); // told once
    }

    @Test
    void anUploadThatAsksNobodyAnyMoreIsAViolation() {
        uploading = true;
        long limitSeconds = ProgressLimits.of(scenario).uploadNanos() / SECOND;
        lookAt(10);
        lookAt(limitSeconds);
        assertThat(events).isEmpty();
        lookAt(limitSeconds + 20);
        assertViolated("uploads-end", 10_000, "client 7");
    }

    private void lookAt(long seconds) {
        world.runUntil(seconds * SECOND);
        watch.look(0);
        watch.closeWindow(true);
    }

    private void assertViolated(String invariant, long atMs, String where) {
        assertThat(events).hasSize(1);
        assertThat(events.get(0).name()).isEqualTo(invariant);
        assertThat(events.get(0).timeMs()).isEqualTo(atMs);
        assertThat(events.get(0).details()).containsEntry("where", where);
    }

    private static final class Node implements WatchedNode {

        private final PeerId id;
        private final Transport transport;
        private final Handle place;
        private final ChunkStore store = new ChunkStore(new Bytes(1 << 20), null, NodeObserver.NONE);

        Node(PeerId id, Transport transport, Handle place) {
            this.id = id;
            this.transport = transport;
            this.place = place;
        }

        @Override
        public int number() {
            return 0;
        }

        @Override
        public PeerId id() {
            return id;
        }

        @Override
        public ChunkStore store() {
            return store;
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public NodeHandle place() {
            return place;
        }
    }

    /** A connection to an address at which nobody listens. */
    private record FakeConnection(boolean isOpen, Object identity) implements Connection {

        FakeConnection(boolean isOpen) {
            this(isOpen, new Object());
        }

        @Override
        public NodeAddress remote() {
            return new NodeAddress(0x0a0000ff, 10_000);
        }

        @Override
        public boolean dialled() {
            return true;
        }

        @Override
        public @Nullable PeerRecord handshakePeer() {
            return null;
        }

        @Override
        public @Nullable Object attachment() {
            return null;
        }

        @Override
        public void attach(@Nullable Object attachment) {}
    }

    /** The handle of a node, with more entries in its table. */
    private static final class Handle implements NodeHandle {

        private final NodeHandle real;
        private final List<Connection> more = new ArrayList<>();

        Handle(NodeHandle real) {
            this.real = real;
        }

        @Override
        public NodeRuntime runtime() {
            return real.runtime();
        }

        @Override
        public Endpoint endpoint() {
            return real.endpoint();
        }

        @Override
        public void forEachConnection(Consumer<Connection> visitor) {
            real.forEachConnection(visitor);
            more.forEach(visitor);
        }

        @Override
        public @Nullable Connection connectionTo(NodeAddress remote) {
            for (Connection connection : more) {
                if (connection.remote().equals(remote)) return connection;
            }
            return real.connectionTo(remote);
        }

        @Override
        public int connectionsToNodes() {
            return real.connectionsToNodes();
        }

        @Override
        public int connectionsToClients() {
            return real.connectionsToClients();
        }

        @Override
        public int connectionsLeftOver() {
            return real.connectionsLeftOver() + more.size();
        }

        @Override
        public long registrations() {
            return real.registrations();
        }

        @Override
        public long registrationNanos() {
            return real.registrationNanos();
        }

        @Override
        public long starvations() {
            return real.starvations();
        }

        @Override
        public int addressesRemembered() {
            return real.addressesRemembered();
        }

        @Override
        public boolean isLeftOver(Connection connection) {
            return more.contains(connection) || real.isLeftOver(connection);
        }

        @Override
        public NodeTimers timers() {
            return real.timers();
        }

        @Override
        public long logLines() {
            return real.logLines();
        }
    }
}
