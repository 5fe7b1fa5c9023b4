package dev.kilonode.node.testkit;

import dev.kilonode.node.dispatch.DispatchDesign;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.Arrays;

/** A transport on a {@link LoopbackEndpoint}, with frames that are not signed. */
public final class TestTransport {

    public final PeerRecord record;
    public final TestRuntime runtime;
    public final LoopbackEndpoint endpoint;
    public final TestSealer signer;
    public final RecordingObserver watch = new RecordingObserver();
    public final Transport transport;

    public TestTransport(
            VirtualClock clock,
            LoopbackEndpoint.Network network,
            int number,
            TransportConfig config,
            AcceptorAnnounce acceptorAnnounce) {
        record = new PeerRecord(id(number), new NodeAddress(0x0A000000 + number, 7000));
        runtime = new TestRuntime(clock, number);
        endpoint = new LoopbackEndpoint(clock, network, record.address(), record.id());
        signer = new TestSealer(record.id());
        var designs = new TransportDesigns(design(config.registry()), DispatchDesign.SOURCE_IP);
        transport = new Transport(
                runtime, endpoint, signer, false, designs, config, TestConfigs.identity(acceptorAnnounce), watch);
    }

    public static PeerId id(int number) {
        return new PeerId(number * 0x9E3779B97F4A7C15L, number, 0, 0);
    }

    private static RegistryDesign design(String label) {
        return Arrays.stream(RegistryDesign.values())
                .filter(design -> design.label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
