package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.WallEndpointContract;
import dev.kilonode.node.link.WallThread;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract, on QUIC over the loopback interface, and what only QUIC promises. */
class QuicEndpointTest extends WallEndpointContract {

    /** Other processes may run the same test. */
    static final int PORT = 20_000 + (int) (ProcessHandle.current().pid() % 20_000);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Map<Endpoint, NodeIdentity> identities = new LinkedHashMap<>();

    @Override
    protected Endpoint newEndpoint(WallThread thread) {
        return open(thread, loopback(identities.size(), PORT), CONFIG);
    }

    @Override
    protected NodeAddress deadAddress() {
        return loopback(9_999, PORT);
    }

    private QuicEndpoint open(WallThread thread, NodeAddress address, LinkConfig config) {
        NodeIdentity identity = NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom());
        try {
            QuicEndpoint endpoint = QuicEndpoint.open(loops, address, identity, thread, thread, config);
            identities.put(endpoint, identity);
            return endpoint;
        } catch (QuicUnavailableException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private PeerId peerOf(Endpoint endpoint) {
        NodeIdentity identity = identities.get(endpoint);
        if (identity == null) throw new AssertionError("not one of this test's endpoints");
        return identity.peerId();
    }

    @AfterEach
    void everySocketIsReleased() throws Exception {
        for (Endpoint each : identities.keySet()) {
            each.shutdown(true); // does nothing where the test has done it
            ((QuicEndpoint) each).released().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
    }

    @Test
    void bothEndsKnowWhoseCertificateTheyWereShown() {
        Told a = new Told();
        Told b = new Told();
        Connection connection = a.connectTo(b);
        assertThat(connection.handshakePeer()).isEqualTo(new PeerRecord(peerOf(b.endpoint), b.address()));
        assertThat(b.connected.get(0).handshakePeer()).isEqualTo(new PeerRecord(peerOf(a.endpoint), a.address()));
    }

    @Test
    void anAddressInUseIsSaidWithItsName() {
        Told a = new Told();
        NodeIdentity identity = NodeIdentity.generate(SignatureScheme.ED25519, new SecureRandom());
        WallThread thread = new WallThread(() -> {});
        try (thread) {
            assertThatThrownBy(() -> QuicEndpoint.open(loops, a.address(), identity, thread, thread, CONFIG))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("udp " + a.address())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aPlatformWithoutTheLibraryIsNamed() {
        String words = QuicUnavailableException.words(
                "Plan 9", "mips", new LinkageError("outer", new UnsatisfiedLinkError("no netty_quiche42_plan9")));
        assertThat(words)
                .contains("Plan 9 on mips")
                .contains("no netty_quiche42_plan9")
                .contains("tcp");
    }
}
