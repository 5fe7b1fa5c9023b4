package dev.kilonode.simulator.wall;

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
import dev.kilonode.simulator.kernel.world.EndpointLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a node in wall time. It applies the faults of the host between the node and its link: it loses or delays frames, and
 * refuses dials or lets them time out. It counts registrations. If the scenario asks for it, it delays them by the endpoint lock of the
 * studied system.
 */
final class WallEndpoint implements Endpoint, EndpointListener {

    private final WallWorld world;
    private final WallNode node;
    private final NodeAddress address;
    private final @Nullable EndpointLock lock;
    private final Map<NodeAddress, Connection> table = new LinkedHashMap<>();
    private final List<Runnable> untilOpened = new ArrayList<>(); // few: dials of a node that has just started
    private @Nullable Endpoint link;
    private @Nullable EndpointListener listener;
    private int kept;
    private boolean down;
    private long registrations;
    private long registrationNanos;

    /** An endpoint whose socket is not open yet; operations requested meanwhile run when it opens. */
    WallEndpoint(WallWorld world, WallNode node, NodeAddress address) {
        this.world = world;
        this.node = node;
        this.address = address;
        this.lock = world.config().endpointLock()
                ? new EndpointLock(world.lockCost(), node.host().home().lockRandom())
                : null;
    }

    /** Sets the opened endpoint. Returns whether it is still needed; if not, it has been closed. */
    boolean opened(Endpoint opened) {
        opened.listen(this);
        link = opened;
        if (down) {
            opened.shutdown(node.runtime().isHalted());
            return false;
        }
        untilOpened.forEach(Runnable::run);
        untilOpened.clear();
        return true;
    }

    /** Called only after the endpoint was opened: there are no connections before. */
    private Endpoint link() {
        return Objects.requireNonNull(link, "not yet opened");
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
    public void dial(NodeAddress remote, DialListener listener) {
        PathFaults own = node.host().paths();
        PathFaults other = world.pathsTo(remote);
        if (other != null && !table.containsKey(remote) && own.isCutFrom(other)) {
            node.runtime()
                    .schedule(world.network().dialTimeout().toNanos(), () -> listener.dialFailed(DialFailure.TIMEOUT));
        } else if (other != null && other.isRefusing() && other != own) {
            node.runtime().schedule(0, () -> listener.dialFailed(DialFailure.REFUSED));
        } else if (link == null && !down) {
            untilOpened.add(() -> dial(remote, listener));
        } else if (link == null) {
            node.host().home().execute(() -> listener.dialFailed(DialFailure.CLOSED));
        } else {
            link.dial(remote, listener);
        }
    }

    @Override
    public void send(Connection connection, Frame frame, @Nullable SendListener listener) {
        FrameCounts frames = frames();
        frames.sent++;
        if (world.isRemote(connection.remote())) frames.across++;
        int bytes = frame.sizeBytes();
        if (lock != null) lock.countMessage(world.nowNanos());
        frames.delayed++;
        NarrowedLink up = node.host().up();
        if (!up.isOpen()) {
            up.pass(bytes, () -> leave(connection, frame, listener));
            return;
        }
        up.passedAtOnce(bytes);
        if (world.isCalm()) pass(connection, frame, listener);
        else leave(connection, frame, listener);
    }

    /** The frame has passed the uplink. It takes the delay that the faults of this moment cause. */
    private void leave(Connection connection, Frame frame, @Nullable SendListener listener) {
        PathFaults other = world.pathsTo(connection.remote());
        long delayNanos = other == null
                ? 0
                : node.host().paths().delayNanos(other, node.host().home().lossRandom());
        if (delayNanos == 0 || isCut(connection)) pass(connection, frame, listener);
        else node.host().home().after(delayNanos, () -> pass(connection, frame, listener));
    }

    /** Passes the frame to the link, unless it is lost. */
    private void pass(Connection connection, Frame frame, @Nullable SendListener listener) {
        FrameCounts frames = frames();
        frames.delayed--;
        if (node.runtime().isHalted()) {
            frames.stopped++;
        } else if (isCut(connection)) {
            frames.cutOff++;
            if (listener != null) node.runtime().schedule(patienceNanos(frame.sizeBytes()), listener::sendFailed);
        } else {
            frames.passed++;
            link().send(connection, frame, listener);
        }
    }

    private boolean isCut(Connection connection) {
        PathFaults other = world.isCalm() ? null : world.pathsTo(connection.remote());
        return other != null && node.host().paths().isCutFrom(other);
    }

    private FrameCounts frames() {
        return node.host().home().frames();
    }

    private long patienceNanos(int bytes) {
        return world.network().acknowledgement().toNanos()
                + (long) (bytes * 1e9 / world.network().acknowledgementRate().bytesPerSecond());
    }

    @Override
    public void close(Connection connection, CloseReason reason) {
        boolean gone = !world.isAlive(connection.remote());
        if (gone && connection.isOpen() && world.network().keepsDeadConnections()) kept++;
        table.remove(connection.remote(), connection);
        link().close(connection, reason);
    }

    @Override
    public void register(Connection connection, PeerId peer, Runnable then) {
        long askedNanos = world.nowNanos();
        long doneNanos = lock == null ? askedNanos : lock.register(askedNanos, tableSize());
        link().register(connection, peer, () -> registered(askedNanos, doneNanos, then));
    }

    private void registered(long askedNanos, long doneNanos, Runnable then) {
        registrations++;
        long nowNanos = world.nowNanos();
        registrationNanos += Math.max(nowNanos, doneNanos) - askedNanos;
        if (doneNanos > nowNanos) node.runtime().schedule(doneNanos - nowNanos, then);
        else if (!node.runtime().isHalted()) then.run();
    }

    @Override
    public int openConnections() {
        return link == null ? 0 : link.openConnections();
    }

    @Override
    public void shutdown(boolean abrupt) {
        if (down) return;
        down = true;
        if (abrupt) node.runtime().halt();
        if (link != null) link.shutdown(abrupt);
        List<Runnable> dials = List.copyOf(untilOpened);
        untilOpened.clear();
        dials.forEach(Runnable::run); // they fail, as the endpoint is down
        node.host().closed(node);
        table.clear();
    }

    // Callbacks of the link

    @Override
    public void connected(Connection connection) {
        if (down) return;
        table.put(connection.remote(), connection);
        if (listener != null) listener.connected(connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
        if (node.runtime().isHalted()) return;
        NarrowedLink down = node.host().down();
        if (down.isOpen()) {
            down.passedAtOnce(frame.sizeBytes());
            read(connection, frame);
        } else {
            down.pass(frame.sizeBytes(), () -> {
                if (table.get(connection.remote()) == connection
                        && !node.runtime().isHalted()) read(connection, frame);
            });
        }
    }

    private void read(Connection connection, Frame frame) {
        if (lock != null) lock.countMessage(world.nowNanos());
        if (listener != null) listener.received(connection, frame);
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        table.remove(connection.remote(), connection);
        if (listener != null && !node.runtime().isHalted()) listener.closed(connection, reason);
    }

    // Read from outside

    /** The open connections; a copy. */
    List<Connection> connections() {
        return new ArrayList<>(table.values());
    }

    @Nullable
    Connection connectionTo(NodeAddress remote) {
        return table.get(remote);
    }

    /** Entries in the endpoint's table, including those that the studied system would have kept. */
    int tableSize() {
        return table.size() + kept;
    }

    long registrations() {
        return registrations;
    }

    long registrationNanos() {
        return registrationNanos;
    }

    long starvations() {
        return lock == null ? 0 : lock.starvations();
    }
}
