package dev.kilonode.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.lock.LockWaiter;
import dev.kilonode.node.testkit.LoopbackConnection;
import dev.kilonode.node.testkit.LoopbackEndpoint;
import dev.kilonode.node.testkit.RecordingObserver;
import dev.kilonode.node.testkit.TestRuntime;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryDesignTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeAddress HERE = new NodeAddress(0x0A000001, 7000);

    private final VirtualClock clock = new VirtualClock();
    private final RecordingObserver watch = new RecordingObserver();
    private final LoopbackEndpoint endpoint =
            new LoopbackEndpoint(clock, new LoopbackEndpoint.Network(), HERE, TestTransport.id(1));
    private final List<String> told = new ArrayList<>();

    private PeerRegistry registry(RegistryDesign design) {
        return design.create(new TestRuntime(clock, 1), endpoint, watch, new PeerRegistry.Listener() {
            @Override
            public void peerConnected(PeerId peer, Connection connection, boolean client) {
                told.add("+" + peer.shortHex());
            }

            @Override
            public void peerDisconnected(PeerId peer) {
                told.add("-" + peer.shortHex());
            }
        });
    }

    private LoopbackConnection connection(int number) {
        PeerId peer = TestTransport.id(number);
        return new LoopbackConnection(endpoint, new NodeAddress(0x0A000000 + number, 7000), true, peer);
    }

    private @Nullable Connection channelOf(PeerRegistry registry, int peer) {
        List<@Nullable Connection> answer = new ArrayList<>();
        registry.channelOf(TestTransport.id(peer), answer::add);
        clock.runFor(SECOND);
        assertThat(answer).hasSize(1);
        return answer.get(0);
    }

    private static boolean isStriped(RegistryDesign design) {
        return design == RegistryDesign.STRIPED_MAPS;
    }

    @ParameterizedTest
    @EnumSource(RegistryDesign.class)
    void slowRegistrationStopsOtherShardsOnlyWhereTheLockIsHeldAcrossIt(RegistryDesign design) {
        PeerRegistry registry = registry(design);
        LoopbackConnection two = connection(2);
        LoopbackConnection three = connection(3);
        registry.connected(two);
        registry.connected(three);
        clock.runFor(SECOND);
        endpoint.registrationNanos(SECOND);
        long beginNanos = clock.nowNanos();
        List<Long> ends = new ArrayList<>();
        registry.newRegistrar().record(two, TestTransport.id(2), false, () -> ends.add(clock.nowNanos() - beginNanos));
        registry.newRegistrar()
                .record(three, TestTransport.id(3), false, () -> ends.add(clock.nowNanos() - beginNanos));
        clock.runFor(10 * SECOND);
        assertThat(ends).hasSize(2);
        switch (design) {
            case SINGLE_CONSUMER, LOCK_ACROSS_REGISTRATION ->
                assertThat(ends.get(1)).isGreaterThanOrEqualTo(2 * SECOND);
            case SCOPED_LOCKS, PAIRED_LOCKS, STRIPED_MAPS ->
                assertThat(ends.get(1)).isBetween(SECOND, SECOND + SECOND / 10);
            case AT_HANDSHAKE -> assertThat(ends.get(1)).isLessThan(SECOND / 10);
        }
        assertThat(registry.invariantsHold()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(RegistryDesign.class)
    void everyMessageIsRegisteredExceptWhereTheHandshakeDidIt(RegistryDesign design) {
        PeerRegistry registry = registry(design);
        LoopbackConnection two = connection(2);
        registry.connected(two);
        clock.runFor(SECOND);
        PeerRegistry.Registrar registrar = registry.newRegistrar();
        for (int i = 0; i < 5; i++) {
            registrar.record(two, TestTransport.id(2), false, () -> {});
            clock.runFor(SECOND);
        }
        assertThat(endpoint.registrations()).isEqualTo(design == RegistryDesign.AT_HANDSHAKE ? 1 : 5);
        assertThat(watch.registrations).isEqualTo((int) endpoint.registrations());
        assertThat(told).containsExactly("+" + TestTransport.id(2).shortHex());
        assertThat(channelOf(registry, 2)).isSameAs(two);
        registry.disconnected(two);
        clock.runFor(SECOND);
        assertThat(told)
                .containsExactly(
                        "+" + TestTransport.id(2).shortHex(),
                        "-" + TestTransport.id(2).shortHex());
        assertThat(channelOf(registry, 2)).isNull();
        assertThat(registry.peerCount()).isZero();
    }

    /** The message has the peer map's lock, and the removal waits right behind it. */
    private PeerRegistry recordThenRemoveBehindOneReader(RegistryDesign design, LoopbackConnection channel) {
        PeerRegistry registry = registry(design);
        registry.connected(channel);
        clock.runFor(SECOND);
        if (registry instanceof LockedRegistry locked) locked.peersLock.acquireRead(new LockWaiter(() -> {}));
        registry.newRegistrar().record(channel, TestTransport.id(2), false, () -> {});
        channel.markClosed();
        registry.disconnected(channel);
        if (registry instanceof LockedRegistry locked) locked.peersLock.releaseRead();
        clock.runFor(3_600 * SECOND);
        assertThat(registry.invariantsHold()).isTrue();
        return registry;
    }

    @ParameterizedTest
    @EnumSource(names = {"SCOPED_LOCKS", "STRIPED_MAPS"})
    void aPeerStaysConnectedForEverWhenItsChannelEndsBetweenTheTwoMaps(RegistryDesign design) {
        LoopbackConnection channel = connection(2);
        PeerRegistry registry = recordThenRemoveBehindOneReader(design, channel);
        assertThat(registry.peerCount()).isEqualTo(1);
        assertThat(channelOf(registry, 2)).as("a closed channel").isSameAs(channel);
        assertThat(told)
                .as("a spurious arrival and no departure")
                .containsExactly("+" + TestTransport.id(2).shortHex());
        registry.disconnected(channel); // what a failed send does
        clock.runFor(SECOND);
        assertThat(registry.peerCount()).isZero();
        assertThat(channelOf(registry, 2)).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"SINGLE_CONSUMER", "LOCK_ACROSS_REGISTRATION", "PAIRED_LOCKS", "AT_HANDSHAKE"})
    void theSameInterleavingLeavesNoPeerBehindWhereBothMapsChangeInOneScope(RegistryDesign design) {
        PeerRegistry registry = recordThenRemoveBehindOneReader(design, connection(2));
        assertThat(registry.peerCount()).isZero();
        assertThat(channelOf(registry, 2)).isNull();
    }

    @Test
    void handshakeHoldsBothLocksOverItsOneRegistration() {
        PeerRegistry registry = registry(RegistryDesign.AT_HANDSHAKE);
        endpoint.registrationNanos(SECOND);
        LoopbackConnection two = connection(2);
        registry.connected(two);
        List<String> answers = new ArrayList<>();
        registry.channelOf(TestTransport.id(2), found -> answers.add((found == two) + "@" + clock.nowNanos()));
        registry.peerOf(two, peer -> answers.add(TestTransport.id(2).equals(peer) + "@" + clock.nowNanos()));
        clock.runFor(10 * SECOND);
        long woken = SECOND + TestRuntime.WAKE_UP_NANOS;
        assertThat(answers).containsExactly("true@" + woken, "true@" + woken);
    }

    @Test
    void newestOpenChannelIsChosen() {
        PeerRegistry registry = registry(RegistryDesign.PAIRED_LOCKS);
        PeerRegistry.Registrar registrar = registry.newRegistrar();
        List<LoopbackConnection> channels = List.of(connection(2), connection(3), connection(4));
        for (LoopbackConnection channel : channels) {
            registry.connected(channel);
            registrar.record(channel, TestTransport.id(9), false, () -> {});
            clock.runFor(SECOND);
        }
        assertThat(channelOf(registry, 9)).isSameAs(channels.get(2));
        channels.get(2).markClosed();
        assertThat(channelOf(registry, 9)).isSameAs(channels.get(1));
        registry.disconnected(channels.get(2));
        registry.disconnected(channels.get(1));
        assertThat(channelOf(registry, 9)).isSameAs(channels.get(0));
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(RegistryDesign.class)
    void aConnectionUnderAKnownNameInheritsItsPeers(RegistryDesign design) {
        PeerRegistry registry = registry(design);
        LoopbackConnection old = connection(2);
        LoopbackConnection heir = connection(2);
        registry.connected(old);
        registry.newRegistrar().record(old, TestTransport.id(2), false, () -> {});
        clock.runFor(SECOND);
        old.markClosed(); // superseded: nobody is told
        registry.connected(heir);
        clock.runFor(SECOND);
        assertThat(channelOf(registry, 2)).isSameAs(heir);
    }

    @ParameterizedTest
    @EnumSource(RegistryDesign.class)
    void accountsBalanceAtEveryStepAndNothingIsLeftBehindUnderRandomLoad(RegistryDesign design) {
        for (long seed = 1; seed <= 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PeerRegistry registry = registry(design);
            String where = design.label() + ", seed " + seed;
            clock.afterEachEvent(
                    () -> assertThat(registry.invariantsHold()).as(where).isTrue());
            int shards = registry.consumers(8);
            List<PeerRegistry.Registrar> registrars = new ArrayList<>();
            boolean[] busy = new boolean[shards];
            for (int i = 0; i < shards; i++) registrars.add(registry.newRegistrar());
            List<LoopbackConnection> open = new ArrayList<>();
            List<LoopbackConnection> all = new ArrayList<>();
            int begun = 0;
            int[] ended = {0};
            for (int step = 0; step < 2_000; step++) {
                endpoint.registrationNanos(random.nextLong(50_000));
                if (open.size() < 3 || random.nextInt(10) == 0) {
                    LoopbackConnection opened = connection(2 + random.nextInt(40));
                    open.add(opened);
                    all.add(opened);
                    registry.connected(opened);
                }
                int shard = random.nextInt(shards);
                LoopbackConnection on = open.get(random.nextInt(open.size()));
                PeerRecord record = on.handshakePeer();
                PeerId peer = record == null ? null : record.id();
                if (!busy[shard] && peer != null) {
                    busy[shard] = true;
                    begun++;
                    registrars.get(shard).record(on, peer, random.nextInt(5) == 0, () -> {
                        busy[shard] = false;
                        ended[0]++;
                    });
                }
                if (random.nextInt(12) == 0) {
                    LoopbackConnection closing = open.remove(random.nextInt(open.size()));
                    closing.markClosed();
                    registry.disconnected(closing);
                }
                if (random.nextInt(4) == 0) registry.readPeers(4, () -> {});
                clock.runFor(random.nextLong(20_000));
            }
            clock.runFor(SECOND);
            assertThat(ended[0]).as(where).isEqualTo(begun).isGreaterThan(100);
            for (LoopbackConnection each : all) each.markClosed();
            for (LoopbackConnection each : all) registry.disconnected(each);
            clock.runFor(SECOND);
            assertThat(registry.peerCount()).as(where).isZero();
            assertThat(((MappedRegistry) registry).maps.channelCount())
                    .as(where)
                    .isZero();
            assertThat(isStriped(design) || !((LockedRegistry) registry).peersLock.isHeld())
                    .as(where)
                    .isTrue();
        }
    }
}
