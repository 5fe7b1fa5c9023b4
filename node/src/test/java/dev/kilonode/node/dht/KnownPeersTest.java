package dev.kilonode.node.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestMessenger;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KnownPeersTest {

    private final TestNetwork network = new TestNetwork(1);
    private final TestMessenger self = network.newPeer(false);
    private final PeerId peer = PeerId.random(new SplittableRandom(9));

    private KnownPeers knownPeers(int addresses) {
        DhtConfig base = TestConfigs.dht(0, 0);
        DhtConfig config = new DhtConfig(
                base.k(),
                base.alpha(),
                base.maxIterations(),
                base.maxCandidates(),
                base.requestTimeout(),
                base.selfLookup(),
                base.selfLookupLoops(),
                base.refresh(),
                base.notifications(),
                base.hints(),
                addresses,
                base.staleAfter());
        return new KnownPeers(network.newRuntime(), self, config, TestConfigs.identity(), NodeObserver.NONE);
    }

    private static NodeAddress address(int number) {
        return new NodeAddress(0x0A000001, 1000 + number);
    }

    private PeerRecord meetAt(KnownPeers knownPeers, int... numbers) {
        for (int number : numbers) {
            knownPeers.peerConnected(new PeerRecord(peer, address(number)), false);
            knownPeers.peerDisconnected(peer);
        }
        return Objects.requireNonNull(knownPeers.table().find(peer));
    }

    @Test
    void aPeerThatMovesLeavesItsFormerAddressesNewestFirst() {
        PeerRecord known = meetAt(knownPeers(8), 1, 2, 3);
        assertThat(known.address()).isEqualTo(address(3));
        assertThat(known.former()).containsExactly(address(2), address(1));
    }

    @Test
    void noMoreThanEightAreKept() {
        PeerRecord known = meetAt(knownPeers(8), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(known.former())
                .hasSize(PeerRecord.MOST_FORMER)
                .startsWith(address(9))
                .endsWith(address(3));
    }

    @Test
    void comingBackToAFormerAddressKeepsEachOnce() {
        PeerRecord known = meetAt(knownPeers(8), 1, 2, 1);
        assertThat(known).isEqualTo(new PeerRecord(peer, address(1), List.of(address(2))));
    }

    @Test
    void withOneAddressPerPeerTheNewestReplacesTheOld() {
        assertThat(meetAt(knownPeers(1), 1, 2)).isEqualTo(new PeerRecord(peer, address(2)));
    }
}
