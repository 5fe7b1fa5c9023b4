package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one endpoint by remote address, in order of insertion. Every entry has a cost, usable or not: registrations scan it
 * and keep-alive datagrams maintain it.
 *
 * <p>Invariant: size == nodes + clients + left-overs.
 */
final class ConnectionTable {

    private final Map<NodeAddress, VirtualConnection> entries = new LinkedHashMap<>();
    private final int[] byOrigin = new int[3];
    private int size; // copy of entries.size(), as every registration reads it

    @Nullable
    VirtualConnection get(NodeAddress remote) {
        return entries.get(remote);
    }

    void add(VirtualConnection connection) {
        VirtualConnection before = entries.put(connection.remote(), connection);
        if (before != null) throw new IllegalStateException("two connections to " + connection.remote());
        byOrigin[connection.origin]++;
        size++;
    }

    /** Removes exactly this connection. Returns whether the table contained it. */
    boolean remove(VirtualConnection connection) {
        if (!entries.remove(connection.remote(), connection)) return false;
        byOrigin[connection.origin]--;
        size--;
        return true;
    }

    /** Counts {@code connection} as a left-over: its other end is gone without a close. */
    void leaveOver(VirtualConnection connection) {
        byOrigin[connection.origin]--;
        connection.origin = VirtualConnection.LEFT_OVER;
        byOrigin[VirtualConnection.LEFT_OVER]++;
    }

    void clear() {
        entries.clear();
        size = 0;
        java.util.Arrays.fill(byOrigin, 0);
    }

    List<VirtualConnection> all() {
        return new ArrayList<>(entries.values());
    }

    void forEach(Consumer<? super VirtualConnection> visitor) {
        entries.values().forEach(visitor);
    }

    int size() {
        return size;
    }

    int count(byte origin) {
        return byOrigin[origin];
    }

    boolean invariantsHold() {
        return entries.size() == size && size == byOrigin[0] + byOrigin[1] + byOrigin[2];
    }
}
