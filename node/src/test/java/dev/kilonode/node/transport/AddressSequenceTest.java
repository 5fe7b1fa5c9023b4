package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.testkit.LoopbackEndpoint;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressSequenceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long DIAL_TIMEOUT = 3 * SECOND;

    private record End(@Nullable RequestFailure failure, long dialNanos, long identityNanos) {}

    private final VirtualClock clock = new VirtualClock();
    private final LoopbackEndpoint.Network network = new LoopbackEndpoint.Network();
    private final TestTransport a = node(1);
    private final TestTransport b = node(2);
    private final List<End> ends = new ArrayList<>();

    private TestTransport node(int number) {
        return new TestTransport(
                clock, network, number, TestConfigs.transport("scoped-locks", 32), AcceptorAnnounce.ON_CONNECT);
    }

    private static NodeAddress dead(int number) {
        return new NodeAddress(0x0B000000 + number, 7000);
    }

    private void connect(PeerRecord peer, long nanos) {
        a.transport.connect(peer, (failure, dial, identity) -> ends.add(new End(failure, dial, identity)));
        clock.runFor(nanos);
    }

    @Test
    void everyDeadAddressCostsADialBeforeTheLivingOne() {
        NodeAddress living = b.record.address();
        connect(new PeerRecord(b.record.id(), dead(1), List.of(dead(2), living)), 20 * SECOND);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).failure()).isNull();
        assertThat(ends.get(0).dialNanos()).isEqualTo(2 * DIAL_TIMEOUT + 2 * LoopbackEndpoint.ONE_WAY_NANOS);
        assertThat(a.transport.invariantsHold()).isTrue();
    }

    @Test
    void theNewestIsTriedFirst() {
        connect(new PeerRecord(b.record.id(), b.record.address(), List.of(dead(1), dead(2))), 5 * SECOND);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).dialNanos()).isEqualTo(2 * LoopbackEndpoint.ONE_WAY_NANOS);
    }

    @Test
    void allDeadFailsOnceAfterAllDials() {
        connect(new PeerRecord(b.record.id(), dead(1), List.of(dead(2), dead(3))), 8 * SECOND);
        assertThat(ends).isEmpty();
        clock.runFor(2 * SECOND);
        assertThat(ends).containsExactly(new End(RequestFailure.DIAL_FAILED, 3 * DIAL_TIMEOUT, 0));
    }

    @Test
    void shutDownEndsTheSequence() {
        connect(new PeerRecord(b.record.id(), dead(1), List.of(dead(2), dead(3))), SECOND);
        a.transport.shutdown(false);
        clock.runFor(20 * SECOND);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).failure()).isEqualTo(RequestFailure.SHUT_DOWN);
    }

    @Test
    void anotherPeerAtAFormerAddressIsNotThePeer() {
        TestTransport rawPeer = node(3);
        connect(new PeerRecord(b.record.id(), rawPeer.record.address(), List.of(b.record.address())), 5 * SECOND);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).failure()).isNull();
    }
}
