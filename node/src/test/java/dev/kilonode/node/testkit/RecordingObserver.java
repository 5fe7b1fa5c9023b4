package dev.kilonode.node.testkit;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.observe.AnnounceOutcome;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.IdentityOutcome;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.observe.SuppressedEvent;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what a node reports. */
public final class RecordingObserver implements NodeObserver {

    public final Map<DropCause, Integer> drops = new EnumMap<>(DropCause.class);
    public final Map<RefusalCause, Integer> refusals = new EnumMap<>(RefusalCause.class);
    public final Map<IdentityOutcome, List<Long>> identities = new EnumMap<>(IdentityOutcome.class);
    public final List<Long> held = new ArrayList<>();
    public final List<Long> waited = new ArrayList<>();
    public final List<Long> residences = new ArrayList<>();
    public final List<SuppressedEvent> suppressed = new ArrayList<>();
    public final List<ConnectionEvent> lagged = new ArrayList<>();
    public final List<AnnounceOutcome> announces = new ArrayList<>();
    public int cameUp;
    public int orphaned;
    public int dials;
    public int failedDials;
    public int replies;
    public int lateReplies;
    public int requestTimeouts;
    public int registrations;

    public int drops(DropCause cause) {
        return drops.getOrDefault(cause, 0);
    }

    public int refusals(RefusalCause cause) {
        return refusals.getOrDefault(cause, 0);
    }

    public List<Long> identities(IdentityOutcome outcome) {
        return identities.getOrDefault(outcome, List.of());
    }

    @Override
    public void add(Metric metric, int label, long events) {
        switch (metric) {
            case REFUSED -> refusals.merge(RefusalCause.values()[label], 1, Integer::sum);
            case DIAL_FAILURES -> failedDials++;
            case REQUEST_REPLIES -> replies++;
            case REQUEST_TIMEOUTS -> requestTimeouts++;
            case REQUEST_LATE -> lateReplies++;
            case CONNECTION_EVENTS -> cameUp++;
            case EVENTS_SUPPRESSED -> suppressed.add(SuppressedEvent.values()[label]);
            case EVENTS_LAGGED -> lagged.add(ConnectionEvent.values()[label]);
            case ORPHANED -> orphaned++;
            case ANNOUNCES -> announces.add(AnnounceOutcome.values()[label]);
            default -> {} // of no interest to a test
        }
    }

    @Override
    public void recordNanos(Metric metric, int label, long nanos, int times) {
        for (int i = 0; i < times; i++) {
            switch (metric) {
                case SHARD_RESIDENCE -> residences.add(nanos);
                case LOCK_WAIT -> waited.add(nanos);
                case LOCK_HOLD -> held.add(nanos);
                case REGISTRATION_LATENCY -> registrations++;
                case DIAL_LATENCY -> dials++;
                default -> {} // of no interest to a test
            }
        }
    }

    @Override
    public void dropped(int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        drops.merge(cause, 1, Integer::sum);
    }

    @Override
    public void identityEnded(IdentityOutcome outcome, long nanos) {
        identities.computeIfAbsent(outcome, o -> new ArrayList<>()).add(nanos);
    }
}
