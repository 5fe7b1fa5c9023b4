package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedFault;
import dev.kilonode.simulator.settings.Capability;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends frames of random bytes over a valid connection. In worlds with sockets it alternates between frames and bytes sent to the
 * sockets directly.
 */
final class RandomBytesAttack extends PeriodicAttack {

    private static final int MOST_FRAME_BYTES = 4_000;

    /** The size that passes the loopback interface and the Internet without fragmentation. */
    private static final int MOST_DATAGRAM_BYTES = 1_400;

    private static final int LONG_HEADER = 0xc0;

    private final RandomStream random;
    private final List<MaliciousPeer> peers = new ArrayList<>();
    private final List<RawPeer> rawPeers = new ArrayList<>();
    private final boolean hasSockets;
    private boolean toSockets;

    RandomBytesAttack(PlannedFault planned, MaliciousPeers network, World world) {
        super(planned, network, world);
        random = ownRandom();
        hasSockets = world.capabilities().contains(Capability.RAW_SOCKETS);
    }

    @Override
    void arrive(int peer, Host host) {
        peers.add(newPeer(peer, host, true));
        if (hasSockets) rawPeers.add(host.newRawPeer());
    }

    @Override
    MaliciousAct act(int peer, NodeAddress target) {
        toSockets = !toSockets && hasSockets;
        if (toSockets) {
            boolean sent = rawPeers.get(peer).send(target, datagram());
            return sent ? MaliciousAct.GARBAGE_BYTES : MaliciousAct.NOTHING;
        }
        byte[] bytes = randomBytes(MOST_FRAME_BYTES);
        peers.get(peer).send(target, Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)));
        return MaliciousAct.GARBAGE_FRAME;
    }

    private byte[] randomBytes(int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Half of them look like the first datagram of a QUIC connection, and half of these like version 1. TCP does not distinguish them. */
    private byte[] datagram() {
        byte[] bytes = randomBytes(MOST_DATAGRAM_BYTES);
        int kind = random.nextInt(4);
        if (kind > 1) bytes[0] = (byte) (LONG_HEADER | bytes[0] & 0xf);
        if (kind > 2 && bytes.length > 5) {
            bytes[1] = 0;
            bytes[2] = 0;
            bytes[3] = 0;
            bytes[4] = 1;
        }
        return bytes;
    }

    @Override
    void leave() {
        peers.forEach(MaliciousPeer::leave);
        rawPeers.forEach(RawPeer::leave);
    }
}
