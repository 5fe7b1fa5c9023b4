package dev.kilonode.node.testkit;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An endpoint within the test's memory: 10 ms one way, lossless unless told otherwise. */
public final class LoopbackEndpoint implements Endpoint {

    public static final long ONE_WAY_NANOS = 10_000_000;
    private static final long DIAL_TIMEOUT_NANOS = 3_000_000_000L;

    /** The endpoints of one test, by address. */
    public static final class Network {
        private final Map<NodeAddress, LoopbackEndpoint> endpoints = new HashMap<>();
    }

    private final VirtualClock clock;
    private final Network network;
    private final NodeAddress address;
    private final PeerId peer;
    private final List<LoopbackConnection> connections = new ArrayList<>();
    private final List<Runnable> heldRegistrations = new ArrayList<>();
    private @Nullable EndpointListener listener;
    private boolean alive = true;
    private boolean holding;
    private long registrationNanos;
    private Predicate<Frame> loses = frame -> false;
    private long registrations;
    private long acknowledgements;

    public LoopbackEndpoint(VirtualClock clock, Network network, NodeAddress address, PeerId peer) {
        this.clock = clock;
        this.network = network;
        this.address = address;
        this.peer = peer;
        network.endpoints.put(address, this);
    }

    /** What a registration takes from now on; any number go on at once. */
    public void registrationNanos(long nanos) {
        registrationNanos = nanos;
    }

    /** Lets no registration end until {@link #releaseRegistrations}. */
    public void holdRegistrations() {
        holding = true;
    }

    public void releaseRegistrations() {
        holding = false;
        List<Runnable> held = new ArrayList<>(heldRegistrations);
        heldRegistrations.clear();
        held.forEach(then -> later(0, then));
    }

    /** Frames sent from here that are acknowledged and never read, as by a connection without a reader. */
    public void loses(Predicate<Frame> loses) {
        this.loses = loses;
    }

    public long registrations() {
        return registrations;
    }

    /** Acknowledgements that somebody here was told of. */
    public long acknowledgements() {
        return acknowledgements;
    }

    public List<LoopbackConnection> connections() {
        return connections;
    }

    /** Makes this end forget all its connections without a word: zombies for the others. */
    public void blackout() {
        connections.forEach(LoopbackConnection::markClosed);
        connections.clear();
    }

    @Override
    public NodeAddress localAddress() {
        return address;
    }

    @Override
    public void listen(EndpointListener listener) {
        this.listener = listener;
    }

    @Override
    public void dial(NodeAddress remote, DialListener dialler) {
        for (LoopbackConnection known : connections) {
            if (known.isOpen() && known.remote().equals(remote)) {
                later(0, () -> dialler.dialled(known));
                return;
            }
        }
        LoopbackEndpoint to = network.endpoints.get(remote);
        if (to == null || !to.alive) {
            later(DIAL_TIMEOUT_NANOS, () -> dialler.dialFailed(DialFailure.TIMEOUT));
            return;
        }
        LoopbackConnection here = new LoopbackConnection(this, remote, true, to.peer);
        LoopbackConnection there = new LoopbackConnection(to, address, false, peer);
        here.other = there;
        there.other = here;
        later(ONE_WAY_NANOS, () -> {
            to.connections.add(there);
            to.listener().connected(there);
        });
        later(2 * ONE_WAY_NANOS, () -> {
            connections.add(here);
            listener().connected(here);
            dialler.dialled(here);
        });
    }

    @Override
    public void send(Connection connection, Frame frame, @Nullable SendListener sender) {
        LoopbackConnection here = (LoopbackConnection) connection;
        LoopbackConnection there = here.other;
        if (!here.isOpen()) {
            if (sender != null) later(0, sender::sendFailed);
            return;
        }
        if (there == null || !there.isOpen()) {
            if (sender != null) later(1_000_000_000L + frame.sizeBytes() / 1024 * 1_000_000L, sender::sendFailed);
            return;
        }
        if (!loses.test(frame)) {
            later(ONE_WAY_NANOS, () -> {
                if (there.isOpen()) there.owner.listener().received(there, frame);
            });
        }
        if (sender == null || !sender.wantsAcknowledgement()) return;
        later(2 * ONE_WAY_NANOS, () -> {
            acknowledgements++;
            sender.acknowledged();
        });
    }

    /** A frame out of nowhere. */
    public void inject(Connection connection, Frame frame) {
        listener().received(connection, frame);
    }

    /** A connection that ends without a word from anybody. */
    public void tellClosed(Connection connection, CloseReason reason) {
        listener().closed(connection, reason);
    }

    @Override
    public void close(Connection connection, CloseReason reason) {
        LoopbackConnection here = (LoopbackConnection) connection;
        if (!here.isOpen()) return;
        end(here, reason);
        LoopbackConnection there = here.other;
        if (there == null) return;
        later(ONE_WAY_NANOS, () -> {
            if (there.isOpen()) there.owner.end(there, CloseReason.REMOTE);
        });
    }

    private void end(LoopbackConnection connection, CloseReason reason) {
        connection.markClosed();
        connections.remove(connection);
        later(0, () -> {
            if (alive) listener().closed(connection, reason);
        });
    }

    @Override
    public void register(Connection connection, PeerId peer, Runnable then) {
        registrations++;
        if (holding) heldRegistrations.add(then);
        else later(registrationNanos, then);
    }

    @Override
    public int openConnections() {
        return connections.size();
    }

    @Override
    public void shutdown(boolean abrupt) {
        if (!abrupt) List.copyOf(connections).forEach(connection -> close(connection, CloseReason.LOCAL));
        alive = false;
        blackout();
    }

    private EndpointListener listener() {
        if (listener == null) throw new IllegalStateException("nobody listens at " + address);
        return listener;
    }

    private void later(long nanos, Runnable task) {
        var unused = clock.schedule(nanos, task);
    }
}
