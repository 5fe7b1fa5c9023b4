package dev.kilonode.node.link.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.FrameCounters;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, on QUIC over the loopback interface, and what only QUIC promises. */
class QuicEndpointTest extends WallEndpointContract {

    /** Other processes may run the same test. */
    private static final int PORT = 20_000 + (int) (ProcessHandle.current().pid() % 20_000);

    private static final SocketLoops LOOPS = new SocketLoops(2);

    /** Where those listen that are no endpoints. */
    private static final int RAW = 127 << 24 | 78 << 16 | 1;

    private final Map<Endpoint, NodeIdentity> identities = new LinkedHashMap<>();
    private int addresses;

    @Override
    protected AbstractEndpoint newEndpoint(WallThread thread, NodeAddress address, LinkConfig config) {
        NodeIdentity identity = newIdentity();
        // The first handshakes of a process take seconds where many processes share two processors.
        LinkConfig patient = new LinkConfig(
                config.dialTimeout().multipliedBy(3),
                config.idleTimeout(),
                config.keepAlive(),
                config.sendTimeout(),
                config.maxFrame(),
                config.sendQueue(),
                config.receiveQueue());
        QuicEndpoint endpoint = QuicEndpoint.open(LOOPS, address, identity, thread, thread, patient);
        identities.put(endpoint, identity);
        return endpoint;
    }

    @Override
    protected NodeAddress newAddress() {
        return loopback(addresses++, PORT);
    }

    @Override
    protected NodeAddress deadAddress() {
        return loopback(9_999, PORT);
    }

    private static NodeIdentity newIdentity() {
        return NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom());
    }

    private QuicCounters counters(Told of) {
        return ((QuicEndpoint) of.endpoint).quicCounters();
    }

    /** Waits for what the sockets' threads do and no node hears of. */
    private static void awaitCount(String expected, BooleanSupplier condition) {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            LOOPS.group().next().schedule(() -> {}, 5, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
        assertThat(condition.getAsBoolean()).as(expected).isTrue();
    }

    private PeerId peerOf(Endpoint endpoint) {
        NodeIdentity identity = identities.get(endpoint);
        if (identity == null) throw new AssertionError("not one of this test's endpoints");
        return identity.peerId();
    }

    private static RawQuicPeer withHandshake(Told of) {
        TlsIdentity own = TlsIdentity.of(newIdentity());
        return new RawQuicPeer(LOOPS, RAW, own, of.address(), own.binding());
    }

    @AfterAll
    static void endLoops() {
        LOOPS.close();
    }

    @Test
    void bothEndsKnowWhoTheOtherIs() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        assertThat(connection.handshakePeer()).isEqualTo(new PeerRecord(peerOf(b.endpoint), b.address()));
        assertThat(b.connected.get(0).handshakePeer()).isEqualTo(new PeerRecord(peerOf(a.endpoint), a.address()));
    }

    @Test
    void aPlatformWithoutTheLibraryIsNamed() {
        String words = QuicLibrary.message(
                "Plan 9", "mips", new LinkageError("outer", new UnsatisfiedLinkError("no netty_quiche42_plan9")));
        assertThat(words)
                .contains("Plan 9 on mips")
                .contains("no netty_quiche42_plan9")
                .contains("tcp");
    }

    @Test
    void garbageDatagramsDisturbNobody() throws Exception {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        Random random = new Random(20_261_123);
        try (DatagramSocket stranger =
                new DatagramSocket(0, SocketLoops.socketAddress(RAW, 0).getAddress())) {
            for (int i = 0; i < 500; i++) {
                byte[] garbage = new byte[1 + random.nextInt(1_400)];
                random.nextBytes(garbage);
                if (i % 2 == 0) garbage[0] = (byte) (0xc0 | random.nextInt(16)); // a first datagram, as it seems
                if (i % 4 == 0 && garbage.length > 5) garbage[4] = 1; // of version 1, as it seems
                stranger.send(new DatagramPacket(garbage, garbage.length, SocketLoops.socketAddress(b.address())));
            }
            stranger.send(new DatagramPacket(new byte[5], 5, SocketLoops.socketAddress(b.address())));
        }
        a.send(connection, new byte[10]);
        await("an acknowledgement", () -> a.acknowledged.get() == 1);
        awaitCount("the garbage", () -> counters(b).garbageDatagrams() > 200);
        assertThat(b.endpoint.openConnections()).isEqualTo(1);
        assertThat(b.connected).hasSize(1);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                arguments("a frame longer than the largest", new byte[] {0, 0x7f, 0, 0, 0}, false),
                arguments("a frame of negative length", new byte[] {0, -1, 0, 0, 0, 1}, false),
                arguments("a frame of no known acknowledgement policy", new byte[] {-64, 0, 0, 0, 0}, false),
                arguments("a frame longer than it said", new byte[] {0, 0, 0, 0, 1, 1, 2}, true),
                arguments("a frame shorter than it said", new byte[] {0, 0, 0, 0, 9, 1, 2}, true),
                arguments("a frame without its control words", new byte[] {2, 0, 0, 0, 9, 0, 0, 0, 1, 7}, true),
                arguments("a frame without its length", new byte[] {0, 0, 0}, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaches")
    void aPeerThatBreaksTheProtocolIsCutOff(String name, byte[] bytes, boolean end) throws Exception {
        Told b = new Told();
        try (RawQuicPeer rogue = withHandshake(b)) {
            await("a connection", () -> b.connected.size() == 1);
            rogue.send(bytes, end);
            await("its end", () -> b.closed.equals(List.of(CloseReason.PROTOCOL_ERROR)));
            assertThat(rogue.closeEvent().isApplicationClose()).isTrue();
            assertThat(rogue.closeEvent().error()).isEqualTo(QuicFrameChannel.PROTOCOL_ERROR);
        }
        assertThat(counters(b).protocolErrors()).isEqualTo(1);
        assertThat(b.frames).isEmpty();
        assertThat(b.endpoint.openConnections()).isZero();
    }

    @Test
    void aFrameGivenUpHalfWayCostsItsSenderNothingElse() {
        Told b = new Told();
        try (RawQuicPeer peer = withHandshake(b)) {
            await("a connection", () -> b.connected.size() == 1);
            QuicStreamChannel stream = peer.newStream();
            stream.write(Unpooled.copiedBuffer(new byte[] {0, 0, 0, 0, 9, 1, 2}))
                    .syncUninterruptibly();
            stream.shutdownOutput(1).syncUninterruptibly();
            awaitCount("the cut", () -> counters(b).framesCutShort() == 1);
            peer.send(new byte[] {0, 0, 0, 0, 2, 1, 2}, true);
            await("the next frame", () -> b.frames.size() == 1);
        }
    }

    @Test
    void whoShowsNoCertificateGetsNoConnection() throws Exception {
        Told b = new Told();
        try (RawQuicPeer stranger = new RawQuicPeer(LOOPS, RAW, null, b.address(), null)) {
            assertThat(stranger.closeEvent()).isNotNull();
            awaitCount("a refusal", () -> counters(b).handshakesFailed() == 1);
        }
        assertThat(b.connected).isEmpty();
    }

    @Test
    void whoComesWithTheIdentityBindingOfAnotherGetsNoConnection() throws Exception {
        Told b = new Told();
        TlsIdentity own = TlsIdentity.of(newIdentity());
        byte[] stolen = TlsIdentity.of(newIdentity()).binding();
        try (RawQuicPeer thief = new RawQuicPeer(LOOPS, RAW, own, b.address(), stolen)) {
            assertThat(thief.closeEvent().isApplicationClose()).isTrue();
            assertThat(thief.closeEvent().error()).isEqualTo(QuicFrameChannel.PROTOCOL_ERROR);
        }
        awaitCount("a refusal", () -> counters(b).handshakesFailed() == 1);
        assertThat(counters(b).protocolErrors()).isEqualTo(1);
        assertThat(b.connected).isEmpty();
    }

    @Test
    void whoNeverCompletesTheHandshakeIsEndedInTheTimeOfADial() throws Exception {
        Told b = new Told();
        try (RawQuicPeer mute = new RawQuicPeer(LOOPS, RAW, TlsIdentity.of(newIdentity()), b.address(), null)) {
            assertThat(mute.closeEvent().isApplicationClose()).isTrue();
            assertThat(counters(b).handshakesFailed()).isEqualTo(1);
        }
        assertThat(b.connected).isEmpty();
    }

    @Test
    @SuppressWarnings("try") // it need only be there
    void aPeerThatNeverReadsCostsABoundedQueue() throws Exception {
        Told b = new Told();
        try (RawQuicPeer deaf = withHandshake(b)) {
            await("a connection", () -> b.connected.size() == 1);
            int frames = 40;
            byte[] bytes = new byte[1 << 20];
            for (int i = 0; i < frames; i++) b.send(b.connected.get(0), bytes);
            FrameCounters sent = ((QuicEndpoint) b.endpoint).counters();
            long most = CONFIG.sendQueue().count() / bytes.length;
            assertThat(sent.waiting()).isBetween(1L, most);
            assertThat(sent.refused()).isEqualTo(frames - most);
            assertThat(sent.offered()).isEqualTo(sent.left() + sent.dropped() + sent.waiting());
            await("the refusals", () -> b.failed.get() == frames - most);
            b.call(() -> b.endpoint.close(b.connected.get(0), CloseReason.LOCAL));
            await("all to fail", () -> b.failed.get() == frames);
            assertThat(sent.waiting()).isZero();
        }
    }
}
