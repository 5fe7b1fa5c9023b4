package dev.kilonode.node.rig;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.dispatch.DispatchDesign;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.node.transport.AcceptConfig;
import dev.kilonode.node.transport.AcceptConfig.WhenFull;
import dev.kilonode.node.transport.ConnectionEventsConfig;
import dev.kilonode.node.transport.ConnectionEventsConfig.Dedup;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.time.Duration;
import java.util.Arrays;

/** A transport in a test world. */
public final class TestNode {

    public static final int MAX_FRAME_BYTES = 5 << 20;

    public final PeerRecord record;
    public final TestRuntime runtime;
    public final LoopbackEndpoint endpoint;
    public final TestSealer signer;
    public final Watch watch = new Watch();
    public final Transport transport;

    public TestNode(
            TestWorld world,
            LoopbackEndpoint.Network network,
            int number,
            TransportConfig config,
            AcceptorAnnounce acceptorAnnounce) {
        record = new PeerRecord(id(number), new NodeAddress(0x0A000000 + number, 7000));
        runtime = new TestRuntime(world, number);
        endpoint = new LoopbackEndpoint(world, network, record.address(), record.id());
        signer = new TestSealer(record.id());
        var designs = new TransportDesigns(design(config.registry()), DispatchDesign.SOURCE_IP);
        transport = new Transport(runtime, endpoint, signer, false, designs, config, identity(acceptorAnnounce), watch);
    }

    public static PeerId id(int number) {
        return new PeerId(number * 0x9E3779B97F4A7C15L, number, 0, 0);
    }

    /** 8 shards, {@code shardSlots} each. */
    public static TransportConfig config(String design, int shardSlots) {
        return config(design, shardSlots, 256, 1000);
    }

    public static TransportConfig config(String design, int shardSlots, int maxRequests, int eventCapacity) {
        return new TransportConfig(
                design,
                8,
                DispatchDesign.SOURCE_IP.label(),
                8 * shardSlots,
                Math.max(1, shardSlots / 2),
                new Bytes(MAX_FRAME_BYTES),
                Duration.ofSeconds(300),
                Duration.ofSeconds(30),
                maxRequests,
                eventCapacity,
                256,
                64,
                4,
                Duration.ZERO,
                0,
                new ConnectionEventsConfig(Dedup.NONE, 0, 1000),
                new AcceptConfig(0, WhenFull.ORPHAN, 2));
    }

    private static RegistryDesign design(String label) {
        return Arrays.stream(RegistryDesign.values())
                .filter(design -> design.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static IdentityConfig identity(AcceptorAnnounce acceptorAnnounce) {
        return new IdentityConfig(
                "Ed25519",
                Duration.ofSeconds(15),
                Duration.ofMillis(50),
                acceptorAnnounce,
                new Ratio(0.1),
                new Ratio(0.1),
                new Ratio(0.15));
    }
}
