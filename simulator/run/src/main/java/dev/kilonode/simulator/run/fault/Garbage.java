package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Random bytes: in turn as frames over a connection that is in order, and, where there are sockets, straight to these. */
final class Garbage extends PeriodicAttack {

    private static final int MOST_FRAME_BYTES = 4_000;

    /** What passes the loopback interface and the Internet in one piece. */
    private static final int MOST_DATAGRAM_BYTES = 1_400;

    private static final int LONG_HEADER = 0xc0;

    private final RandomStream random;
    private final List<MaliciousPeer> peers = new ArrayList<>();
    private final List<RawPeer> strangers = new ArrayList<>();
    private boolean toSockets;

    Garbage(Fault fault, List<Host> hosts, MaliciousPeers rogues, Engine engine, RandomStream random) {
        super(fault, hosts, rogues, engine);
        this.random = random;
    }

    @Override
    void arrive(int peer, Host host) {
        peers.add(newPeer(peer, host, false));
        RawPeer rawPeer = host.newRawPeer();
        if (rawPeer != null) strangers.add(rawPeer);
    }

    @Override
    MaliciousAct act(int peer, NodeAddress target) {
        toSockets = !toSockets && !strangers.isEmpty();
        if (toSockets) {
            boolean sent = strangers.get(peer).send(target, datagram());
            return sent ? MaliciousAct.GARBAGE_BYTES : MaliciousAct.NOTHING;
        }
        byte[] bytes = garbage(random, MOST_FRAME_BYTES);
        peers.get(peer).send(target, Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)));
        return MaliciousAct.GARBAGE_FRAME;
    }

    /** Some of them look like the first of a QUIC connection, some of these of version 1; to TCP one is like the other. */
    private byte[] datagram() {
        byte[] bytes = garbage(random, MOST_DATAGRAM_BYTES);
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
        strangers.forEach(RawPeer::leave);
    }
}
