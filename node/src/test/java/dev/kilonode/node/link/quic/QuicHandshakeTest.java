package dev.kilonode.node.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections that are closed in mid-handshake: what a turn of the loop sends is bounded, and the channel closes. The dialler
 * believes that the handshake is over, hears of nobody that it is, and its loop has been away for so long that a probe is overdue.
 */
class QuicHandshakeTest {

    /** Other processes may run the same test. */
    private static final int PORT = 20_000 + (int) (ProcessHandle.current().pid() % 20_000);

    /** Longer than any probe of a handshake between two sockets of one machine waits at first. */
    private static final long AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long LONGEST_SECONDS = 20;

    private static final AtomicInteger TESTS = new AtomicInteger();

    /** Each test has addresses of its own: the sockets of the one before may still be there. */
    private final int first = 8 * TESTS.getAndIncrement();

    private final SocketLoops dialling = new SocketLoops(1);
    private final SocketLoops accepting = new SocketLoops(1);
    private final WallThread thread = new WallThread(() -> {});
    private final List<DialFailure> failures = new CopyOnWriteArrayList<>();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private NodeAddress at(int number) {
        return new NodeAddress(127 << 24 | 79 << 16 | first + number, PORT);
    }

    private QuicEndpoint endpoint(SocketLoops loops, int number, Duration dialTimeout) throws Exception {
        LinkConfig usual = LinkConfig.DEFAULT;
        LinkConfig config = new LinkConfig(
                dialTimeout,
                usual.idleTimeout(),
                usual.keepAlive(),
                usual.sendTimeout(),
                usual.maxFrame(),
                usual.sendQueue(),
                usual.receiveQueue());
        NodeIdentity identity = NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom());
        return QuicEndpoint.open(loops, at(number), identity, thread, thread, config);
    }

    private void dial(QuicEndpoint from, NodeAddress to) {
        thread.call(() -> from.dial(to, new DialListener() {
            @Override
            public void dialled(Connection connection) {
                connections.add(connection);
            }

            @Override
            public void dialFailed(DialFailure failure) {
                failures.add(failure);
            }
        }));
    }

    /** Does {@code late} on the dialler's loop, once it has been away for a while in mid-handshake. */
    private Closed inMidHandshake(Consumer<QuicFrameChannel> late) throws Exception {
        QuicEndpoint dialler = endpoint(dialling, 1, Duration.ofSeconds(60));
        QuicEndpoint dialled = endpoint(accepting, 3, Duration.ofSeconds(60));
        try (UdpRelay relay = new UdpRelay(at(2), dialled.localAddress(), UdpRelay.Manner.UNCONFIRMED)) {
            dial(dialler, at(2));
            relay.awaitSwallowed();
            Future<QuicFrameChannel> away = dialling.group().next().submit(() -> {
                QuicFrameChannel frameChannel =
                        dialler.socket().frameChannels().iterator().next();
                LockSupport.parkNanos(AWAY_NANOS);
                late.accept(frameChannel);
                return frameChannel;
            });
            assertThat(away.await(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("the loop comes to an end with it; datagrams so far: " + relay.swallowed())
                    .isTrue();
            assertThat(away.getNow().channel().closeFuture().await(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("the channel closes")
                    .isTrue();
            return new Closed(dialler.quicCounters(), relay.swallowed());
        }
    }

    private record Closed(QuicCounters counters, int datagrams) {}

    @Test
    void overdueProbesLeaveBeforeTheConnectionCloses() throws Exception {
        Closed closed = inMidHandshake(QuicFrameChannel::closeIfInHandshake);
        assertThat(closed.counters.sendsCutOff()).isZero();
        assertThat(closed.datagrams).isLessThan(32);
    }

    @Test
    void whatAConnectionSendsInOneTurnIsBounded() throws Exception {
        Closed closed = inMidHandshake(frameChannel -> {
            var unused = frameChannel.channel().close(true, 2, Unpooled.EMPTY_BUFFER);
        });
        assertThat(closed.counters.sendsCutOff()).isEqualTo(1);
        assertThat(closed.datagrams).isLessThan(400);
    }

    @ParameterizedTest
    @EnumSource
    void aDialThatRunsOutLeavesNothingBehind(UdpRelay.Manner manner) throws Exception {
        QuicEndpoint dialler = endpoint(dialling, 1, Duration.ofMillis(150));
        QuicEndpoint dialled = endpoint(accepting, 3, Duration.ofMillis(150));
        try (UdpRelay relay = new UdpRelay(at(2), dialled.localAddress(), manner)) {
            for (int i = 0; i < 5; i++) {
                dial(dialler, at(2));
                for (int turn = 0; failures.size() <= i && turn < 2_000; turn++) pass(dialling);
                assertThat(failures).hasSize(i + 1);
            }
            for (QuicEndpoint each : List.of(dialler, dialled)) {
                for (int turn = 0; !each.socket().frameChannels().isEmpty() && turn < 2_000; turn++)
                    pass(each == dialler ? dialling : accepting);
                assertThat(each.socket().frameChannels()).isEmpty();
            }
            assertThat(relay.swallowed()).isLessThan(5 * 32);
            assertThat(connections).isEmpty();
        }
    }

    /** Lets a loop have some turns. */
    private static void pass(SocketLoops loops) {
        loops.group().next().schedule(() -> {}, 5, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    @AfterEach
    void close() {
        dialling.close();
        accepting.close();
        thread.close();
    }
}
