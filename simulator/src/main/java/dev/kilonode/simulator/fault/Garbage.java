package dev.kilonode.simulator.fault;

import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.Stranger;
import java.util.ArrayList;
import java.util.List;

/** Random bytes: in turn as frames over a connection that is in order, and, where there are sockets, straight to these. */
final class Garbage extends Prowl {

    private static final int MOST_FRAME_BYTES = 4_000;

    /** What passes the loopback interface and the Internet in one piece. */
    private static final int MOST_DATAGRAM_BYTES = 1_400;

    private static final int LONG_HEADER = 0xc0;

    private final Stream chance;
    private final List<Rogue> peers = new ArrayList<>();
    private final List<Stranger> strangers = new ArrayList<>();
    private boolean toSockets;

    Garbage(Fault fault, List<Machine> hosts, Rogues rogues, Engine engine, Stream chance) {
        super(fault, hosts, rogues, engine);
        this.chance = chance;
    }

    @Override
    void arrive(int peer, Machine host) {
        peers.add(newPeer(peer, host, false));
        Stranger stranger = host.newStranger();
        if (stranger != null) strangers.add(stranger);
    }

    @Override
    RogueAct act(int peer, NodeAddress target) {
        toSockets = !toSockets && !strangers.isEmpty();
        if (toSockets) {
            boolean sent = strangers.get(peer).send(target, datagram());
            return sent ? RogueAct.GARBAGE_BYTES : RogueAct.NOTHING;
        }
        byte[] bytes = garbage(chance, MOST_FRAME_BYTES);
        peers.get(peer).send(target, Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)));
        return RogueAct.GARBAGE_FRAME;
    }

    /** Some of them look like the first of a QUIC connection, some of these of version 1; to TCP one is like the other. */
    private byte[] datagram() {
        byte[] bytes = garbage(chance, MOST_DATAGRAM_BYTES);
        int kind = chance.nextInt(4);
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
        peers.forEach(Rogue::leave);
        strangers.forEach(Stranger::leave);
    }
}
