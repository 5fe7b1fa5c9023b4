package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.lock.AsyncReadWriteLock;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.scenario.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Watches one life of a node. */
final class NodeWatch {

    /** A node has this many timers for its periodic tasks, and these for each connection and request. */
    private static final int TIMERS = 2_000;

    private static final int TIMERS_EACH = 10;

    private final Transport transport;
    private final NodeHandle place;
    private final PeerEvents events = new PeerEvents();
    private final Progress requests = new Progress();
    private final List<Progress> locks = new ArrayList<>();

    /** When the findings of the last look were first seen. */
    private Map<Finding.Key, Long> firstSeen = new HashMap<>();

    private final Set<Finding.Key> told = new HashSet<>();

    /** Those of {@link #told} that {@link #forget} takes back. */
    private final Set<Finding.Key> toldLately = new HashSet<>();

    private boolean suspects;
    private long lastLookNanos = -1;

    NodeWatch(Transport transport, NodeHandle place) {
        this.transport = transport;
        this.place = place;
        transport.addPeerListener(events);
    }

    NodeHandle place() {
        return place;
    }

    /** Whether the last look found something that the next one may confirm. */
    boolean suspects() {
        return suspects;
    }

    /** Whether there was a look at this time. */
    boolean seenAt(long nowNanos) {
        return lastLookNanos == nowNanos;
    }

    /** What was confirmed up to now has been told. */
    void accept() {
        toldLately.clear();
    }

    /** What was found since the last {@link #accept} is not to be trusted: it must be found and confirmed again. */
    void forget() {
        told.removeAll(toldLately);
        toldLately.clear();
        firstSeen.clear();
    }

    /** A finding that has stayed for its patience. */
    record Confirmed(Finding finding, long sinceNanos) {}

    /**
     * Looks at the node. Of findings that stay, only the first look that confirms them returns them.
     *
     * @param disturbed whether a lack of progress is excused
     */
    List<Confirmed> look(
            RegistryLook registry,
            ProgressLimits limits,
            boolean disturbed,
            Predicate<Invariant> watched,
            long nowNanos) {
        List<Finding> findings = new ArrayList<>(registry.look(transport, place, events));
        lastLookNanos = nowNanos;
        connections(limits, findings);
        boolean waits = locks(limits, disturbed, nowNanos, findings);
        requests(limits, waits || disturbed, nowNanos, findings);
        timers(findings);
        return confirmed(findings, watched, nowNanos);
    }

    private List<Confirmed> confirmed(List<Finding> findings, Predicate<Invariant> watched, long nowNanos) {
        Map<Finding.Key, Long> seen = new HashMap<>();
        List<Confirmed> confirmed = new ArrayList<>();
        suspects = false;
        for (Finding finding : findings) {
            if (!watched.test(finding.invariant())) continue;
            Finding.Key key = finding.key();
            long sinceNanos = firstSeen.getOrDefault(key, nowNanos);
            seen.put(key, sinceNanos);
            boolean stays = finding.patienceNanos() == 0 || sinceNanos < nowNanos;
            if (stays && nowNanos - sinceNanos >= finding.patienceNanos()) {
                if (told.add(key)) {
                    toldLately.add(key);
                    confirmed.add(new Confirmed(finding, sinceNanos));
                }
            } else {
                suspects |= finding.patienceNanos() <= RegistryLook.PATIENCE_NANOS;
            }
        }
        told.retainAll(seen.keySet());
        firstSeen = seen;
        return confirmed;
    }

    private void connections(ProgressLimits limits, List<Finding> findings) {
        boolean leftOver = place.connectionsLeftOver() > 0;
        place.forEachConnection(connection -> {
            if (!connection.isOpen()) {
                findings.add(released(connection, "is closed and still in the table", RegistryLook.PATIENCE_NANOS));
            } else if (leftOver && place.isLeftOver(connection)) {
                findings.add(released(connection, "is open to a node that is gone", limits.goneNanos()));
            }
        });
    }

    private static Finding released(Connection connection, String words, long patienceNanos) {
        return new Finding(Invariant.CONNECTIONS_RELEASED, connection, words, patienceNanos);
    }

    /** Whether somebody waits for a lock. */
    private boolean locks(ProgressLimits limits, boolean disturbed, long nowNanos, List<Finding> findings) {
        List<AsyncReadWriteLock> all = new ArrayList<>(3);
        transport.forEachLock(all::add);
        boolean waits = false;
        for (int i = 0; i < all.size(); i++) {
            AsyncReadWriteLock lock = all.get(i);
            if (i == locks.size()) locks.add(new Progress());
            boolean busy = lock.waiting() > 0;
            waits |= busy;
            long standingNanos = locks.get(i).seen(nowNanos, lock.granted(), Progress.activity(busy, disturbed));
            if (standingNanos < limits.lockNanos()) continue;
            findings.add(new Finding(
                    Invariant.LOCK_WAITERS_SERVED,
                    "lock " + lock.name().label(),
                    "has " + lock.waiting() + " waiters and was granted to none of them for "
                            + standingNanos / 1_000_000_000 + " s",
                    0));
        }
        return waits;
    }

    private void requests(ProgressLimits limits, boolean excused, long nowNanos, List<Finding> findings) {
        long oldest = transport.oldestRequestId();
        boolean busy = transport.pendingRequests() > 0;
        long standingNanos = requests.seen(nowNanos, oldest, Progress.activity(busy, excused));
        if (standingNanos < limits.requestNanos()) return;
        findings.add(new Finding(
                Invariant.REQUESTS_END,
                "request " + oldest,
                "has not ended for " + standingNanos / 1_000_000_000 + " s, longer than all its timeouts together",
                0));
    }

    private void timers(List<Finding> findings) {
        long most = TIMERS + TIMERS_EACH * ((long) place.endpoint().openConnections() + transport.pendingRequests());
        if (place.timers().waiting() <= most) return;
        findings.add(new Finding(
                Invariant.TIMERS_RELEASED,
                "timers",
                "number " + place.timers().waiting() + ", more than the " + most + " that the work under way needs",
                RegistryLook.PATIENCE_NANOS));
    }
}
