package dev.kilonode.simulator.kernel.virtual;

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
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.ScheduledCall;
import dev.kilonode.simulator.kernel.world.EndpointLock;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's endpoint in virtual time. A table entry may outlive its use: a connection whose other end was killed stays open at this end.
 * Where the network keeps dead connections, the entry stays in the table even after this end has closed the connection.
 */
public final class VirtualEndpoint implements Endpoint {

    private final VirtualWorld world;
    private final VirtualHost host;
    private final VirtualRuntime runtime;
    private final NodeAddress address;
    private final boolean client;
    private final int number;
    private final EndpointLock lock;
    private final ConnectionTable table = new ConnectionTable();
    private final AddressHistory addressHistory;
    private final Map<NodeAddress, Dial> dials = new LinkedHashMap<>();
    private final Set<BulkTransfer> transfers = new LinkedHashSet<>();
    private @Nullable PeerRecord record;
    private @Nullable EndpointListener listener;
    private boolean down;
    private long logLines;

    VirtualEndpoint(VirtualWorld world, VirtualHost host, VirtualRuntime runtime, NodeAddress address, boolean client) {
        this.world = world;
        this.host = host;
        this.runtime = runtime;
        this.address = address;
        this.client = client;
        this.number = world.nextNodeNumber();
        this.lock = world.newEndpointLock(host);
        this.addressHistory = world.newAddressHistory(host.processors());
    }

    /** Sets the peer that this endpoint's handshake certificate is bound to. Called before all other methods. */
    public void certify(PeerId peer) {
        record = new PeerRecord(peer, address);
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
        if (down) {
            runtime.schedule(0, () -> listener.dialFailed(DialFailure.CLOSED));
            return;
        }
        VirtualConnection existing = table.get(remote);
        if (existing != null && existing.open) {
            runtime.schedule(0, () -> listener.dialled(existing));
            return;
        }
        Dial pending = dials.get(remote);
        if (pending != null) {
            pending.join(listener);
            return;
        }
        Dial dial = new Dial(world, this, remote);
        dial.join(listener);
        dials.put(remote, dial);
        dial.start();
    }

    @Override
    public void send(Connection connection, Frame frame, @Nullable SendListener listener) {
        log(world.costs().logMessageLines, world.costs().logMessageNanos);
        world.traffic().send((VirtualConnection) connection, frame, listener);
    }

    @Override
    public void close(Connection connection, CloseReason reason) {
        VirtualConnection half = (VirtualConnection) connection;
        if (!half.open) return;
        half.open = false;
        abortTransfers(half, FrameFailure.CLOSED_IN_TRANSIT);
        VirtualConnection other = half.other;
        half.other = null;
        if (other != null) {
            drop(half);
            sendClose(other);
        } else if (!world.keepsDeadConnections()) {
            drop(half);
        }
        EndpointListener target = listener;
        if (target != null) runtime.schedule(0, () -> target.closed(half, reason));
    }

    /** Tells the other end of a connection that this end has closed it. The message does not overtake small frames sent before it. */
    private void sendClose(VirtualConnection other) {
        VirtualHost to = other.owner.host;
        boolean lost = host.isCutFrom(to);
        long leavesNanos = Math.max(host.nowNanos(), host.up.freeAtNanos());
        long arrivesNanos = Engine.after(leavesNanos, world.paths().longestNanos(host, to));
        host.sendTo(to, arrivesNanos, () -> {
            if (lost) other.owner.fallSilent(other);
            else other.owner.finish(other, CloseReason.REMOTE);
        });
    }

    @Override
    public void register(Connection connection, PeerId peer, Runnable then) {
        log(world.costs().logRegistrationLines, world.costs().logRegistrationNanos);
        runtime.callAt(lock.register(host.nowNanos(), table.size()), then);
    }

    @Override
    public int openConnections() {
        return table.size();
    }

    @Override
    public void shutdown(boolean abrupt) {
        if (down) return;
        List<VirtualConnection> stranded = new ArrayList<>();
        if (abrupt) runtime.halt();
        for (VirtualConnection half : table.all()) {
            if (abrupt) die(half, stranded);
            else close(half, CloseReason.LOCAL);
        }
        down = true;
        host.processors().addConnections(host.nowNanos(), -table.size());
        table.clear();
        addressHistory.clear(host.nowNanos());
        host.closed(this);
        world.closed(this);
        for (BulkTransfer transfer : new ArrayList<>(transfers)) transfer.abort(FrameFailure.NODE_STOPPED);
        world.endWhenIdle(stranded, world.idleTimeoutNanos());
        List<Dial> pending = new ArrayList<>(dials.values());
        dials.clear();
        for (Dial dial : pending) dial.withdraw();
    }

    /** Table entries for connections to nodes whose end is still open. */
    public int connectionsToNodes() {
        return table.count(VirtualConnection.NODE);
    }

    /** Table entries for connections to clients whose end is still open. */
    public int connectionsToClients() {
        return table.count(VirtualConnection.CLIENT);
    }

    /** Table entries whose other end is gone without a close. */
    public int connectionsLeftOver() {
        return table.count(VirtualConnection.LEFT_OVER);
    }

    /** Addresses in the address history, including those of closed connections. */
    public int addressesRemembered() {
        return addressHistory.size();
    }

    /** The lock that registrations take. */
    public EndpointLock lock() {
        return lock;
    }

    @Nullable
    Connection connectionTo(NodeAddress remote) {
        return table.get(remote);
    }

    void forEachConnection(Consumer<Connection> visitor) {
        table.forEach(visitor);
    }

    /** Log lines written so far that had a cost. */
    public long logLines() {
        return logLines;
    }

    /** The number of the node in order of creation in this world, from 0. The digest identifies nodes by it. */
    public int number() {
        return number;
    }

    public boolean isClient() {
        return client;
    }

    /** Whether the endpoint has been shut down. */
    public boolean isDown() {
        return down;
    }

    VirtualHost host() {
        return host;
    }

    VirtualRuntime runtime() {
        return runtime;
    }

    /** The peer of this endpoint's certificate, as one object for all remote ends. */
    @Nullable
    PeerRecord record() {
        return record;
    }

    Set<BulkTransfer> transfers() {
        return transfers;
    }

    boolean invariantsHold() {
        return table.invariantsHold() && addressHistory.invariantsHold();
    }

    void received(VirtualConnection half, Frame frame) {
        if (listener != null && !runtime.isHalted()) listener.received(half, frame);
    }

    /** The latency or the loss of paths of {@code changed} has changed; of all if it is null. */
    void pathsChanged(@Nullable VirtualHost changed) {
        for (Dial dial : dials.values()) dial.pathChanged(changed);
    }

    void dialEnded(NodeAddress remote) {
        dials.remove(remote);
    }

    /**
     * Opens this end of a connection to {@code target}, whose end waits for the last message of the handshake.
     *
     * @return the new connection, or the one that {@code target} has dialled meanwhile and that stays
     */
    VirtualConnection establish(VirtualEndpoint target) {
        VirtualConnection existing = table.get(target.address);
        if (existing != null && existing.open && existing.other != null && prevails(existing)) return existing;
        VirtualConnection near = new VirtualConnection(this, target, true);
        if (existing != null) supersede(existing, near);
        VirtualConnection far = new VirtualConnection(target, this, false);
        far.open = false;
        far.opening = true;
        near.other = far;
        far.other = near;
        enter(near);
        if (listener != null) listener.connected(near);
        return near;
    }

    /** Whether {@code existing} stays when a handshake completes that this end has dialled. */
    private boolean prevails(VirtualConnection existing) {
        return existing.dialled() || isLower(existing.remote(), address);
    }

    /** Opens {@code half}, the accepted end of a connection: the last message of the handshake has arrived. */
    void accept(VirtualConnection half) {
        if (!half.opening) return; // a frame was faster, or the other end has closed it
        if (down) {
            refuse(half);
            return;
        }
        half.opening = false;
        VirtualConnection existing = table.get(half.remote());
        VirtualConnection other = half.other;
        boolean bothDialled = existing != null && existing.open && existing.other != null && existing.dialled();
        if (bothDialled && isLower(address, half.remote())) {
            half.other = null;
            half.successor = existing;
            if (other != null) sendClose(other);
            return;
        }
        if (existing != null) supersede(existing, half);
        half.open = true;
        enter(half);
        if (listener != null) listener.connected(half);
        if (other == null) fallSilent(half);
    }

    /** Does not open {@code half}, the accepted end of a connection, and tells nobody: the other end falls silent. */
    void refuse(VirtualConnection half) {
        half.opening = false;
        VirtualConnection other = half.other;
        half.other = null;
        if (other == null) return;
        VirtualHost dialler = other.owner.host;
        long arrivesNanos = host.events().later(world.paths().drawNanos(host, dialler, 1));
        host.sendTo(dialler, arrivesNanos, () -> other.owner.fallSilent(other));
    }

    /** The other end of {@code half} has gone without a close that reaches this end. */
    void fallSilent(VirtualConnection half) {
        List<VirtualConnection> stranded = new ArrayList<>(1);
        strand(half, stranded);
        if (stranded.isEmpty()) return;
        ScheduledCall end = new ScheduledCall(() -> finish(half, CloseReason.IDLE));
        host.events().schedule(end, host.events().later(world.idleTimeoutNanos()));
    }

    /** Ends {@code half} because the other end has closed it or the idle time-out has passed. */
    void finish(VirtualConnection half, CloseReason reason) {
        half.opening = false;
        if (!half.open) return;
        half.open = false;
        half.other = null;
        abortTransfers(half, FrameFailure.CLOSED_IN_TRANSIT);
        drop(half);
        if (listener != null && !runtime.isHalted()) listener.closed(half, reason);
    }

    /** Marks {@code half} as a left-over, because the other end is gone without a close, and adds it to {@code stranded}. */
    void strand(VirtualConnection half, List<VirtualConnection> stranded) {
        half.other = null;
        if (!half.open) return;
        table.leaveOver(half);
        if (!world.keepsDeadConnections()) stranded.add(half);
    }

    /** As {@link #strand} at both ends, for every connection to another host. Between two windows. */
    void strandAcross(List<VirtualConnection> stranded) {
        for (VirtualConnection half : table.all()) {
            VirtualConnection other = half.other;
            if (other == null || other.owner.host == host) continue;
            abortTransfers(half, FrameFailure.CUT_OFF);
            other.owner.abortTransfers(other, FrameFailure.CUT_OFF);
            strand(half, stranded);
            other.owner.strand(other, stranded);
        }
    }

    /** Loses the bulk transfers that occupy a link and whose other end is cut off now. */
    void cutTransfers() {
        for (BulkTransfer transfer : new ArrayList<>(transfers)) transfer.cut();
    }

    /** Charges the processor for log lines, as for the share of the packet driver: no task waits for it. */
    private void log(int lines, double nanos) {
        if (lines == 0) return;
        logLines += lines;
        host.processors().occupy(host.nowNanos(), nanos);
    }

    private void die(VirtualConnection half, List<VirtualConnection> stranded) {
        VirtualConnection other = half.other;
        half.open = false;
        half.other = null;
        if (other == null) return;
        other.owner.abortTransfers(other, FrameFailure.NODE_STOPPED);
        other.owner.strand(other, stranded);
    }

    private void supersede(VirtualConnection half, VirtualConnection by) {
        half.open = false;
        half.other = null;
        half.successor = by;
        abortTransfers(half, FrameFailure.CLOSED_IN_TRANSIT);
        drop(half);
    }

    private void enter(VirtualConnection half) {
        table.add(half);
        addressHistory.meet(half.remote(), host.nowNanos());
        host.processors().addConnections(host.nowNanos(), 1);
    }

    private void drop(VirtualConnection half) {
        if (table.remove(half)) host.processors().addConnections(host.nowNanos(), -1);
    }

    private void abortTransfers(VirtualConnection half, FrameFailure cause) {
        if (transfers.isEmpty()) return;
        for (BulkTransfer transfer : new ArrayList<>(transfers)) {
            if (transfer.isOn(half)) transfer.abort(cause);
        }
    }

    private static boolean isLower(NodeAddress one, NodeAddress other) {
        int order = Integer.compareUnsigned(one.ip(), other.ip());
        return order != 0 ? order < 0 : one.port() < other.port();
    }

    @Override
    public String toString() {
        return "node " + number + " at " + address;
    }
}
