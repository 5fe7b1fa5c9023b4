package dev.kilonode.simulator.metrics;

import dev.kilonode.node.observe.AnnounceOutcome;
import dev.kilonode.node.observe.AuditOutcome;
import dev.kilonode.node.observe.ChunkLoss;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.HeldBack;
import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.wire.MessageKind;
import java.util.function.Function;

/** The series that nodes write to while they run, found by array index instead of by name. One for each thread that nodes live on. */
public final class RunMetrics {

    static final int KINDS = MessageKind.values().length;

    private final MetricSet set = new MetricSet();
    final Counter[] offered;
    final Counter[] delivered;
    final Counter[] dropsByKind;
    final Counter[][] drops; // by cause, by shard
    final Counter[] refused;
    final Counter[] requestTimeouts;
    final Counter[] late;
    final Counter replies;
    final Counter identityExchanges;
    final Counter[] identityTimeouts; // of nodes, of clients
    final Counter identityBetween;
    final Counter[] connectionEvents; // accepted, dialled
    final Counter[] heldBack;
    final Counter[] lagged;
    final Counter orphaned;
    final Counter[] announces;
    final Counter dialFailures;
    final Counter evictions;
    final Counter bucketsRefreshed;
    final Counter[] syncs; // unanswered, answered
    final Counter[] keysVerified; // unconfirmed, confirmed
    final Counter[] fetches; // failed, stored
    final Counter[] audits;
    final Counter[] chunksRefused;
    final Counter[] chunksUnreadable;
    final Counter pruned;
    final Distribution refreshDue;
    final Distribution refreshPass;
    final Distribution hintKeys;
    final Distribution hintLatency;
    final Distribution syncLatency;
    final Distribution loopOccupied;
    final Distribution residence;
    final Distribution identityLatency;
    final Distribution dialLatency;
    final Distribution lookupLatency;
    final Distribution replyLatency;
    final Distribution registration;
    final Distribution[] lockWait;
    final Distribution[] lockHold;

    /** @param shards shards per node */
    public RunMetrics(int shards) {
        offered = byKind(Metric.OFFERED);
        delivered = byKind(Metric.DELIVERED);
        dropsByKind = byKind(Metric.DROPS_BY_KIND);
        drops = new Counter[DropCause.values().length][shards];
        for (DropCause cause : DropCause.values()) {
            for (int shard = 0; shard < shards; shard++) {
                Labels labels = Labels.of("cause", cause.label()).and("shard", Integer.toString(shard));
                drops[cause.ordinal()][shard] = set.counter(Metric.DROPS, labels);
            }
        }
        refused = by(RefusalCause.values(), Metric.REFUSED, "cause", RefusalCause::label);
        requestTimeouts = byKind(Metric.REQUEST_TIMEOUTS);
        late = byKind(Metric.REQUEST_LATE);
        replies = set.counter(Metric.REQUEST_REPLIES, Labels.NONE);
        identityExchanges = set.counter(Metric.IDENTITY_EXCHANGES, Labels.NONE);
        identityTimeouts =
                by(new String[] {"node", "client"}, Metric.IDENTITY_TIMEOUTS, "dialler", Function.identity());
        identityBetween = set.counter(Metric.IDENTITY_BETWEEN, Labels.NONE);
        connectionEvents =
                by(new String[] {"accepted", "dialled"}, Metric.CONNECTION_EVENTS, "side", Function.identity());
        heldBack = by(HeldBack.values(), Metric.EVENTS_HELD_BACK, "why", HeldBack::label);
        lagged = by(ConnectionEvent.values(), Metric.EVENTS_LAGGED, "event", ConnectionEvent::label);
        announces = by(AnnounceOutcome.values(), Metric.ANNOUNCES, "outcome", AnnounceOutcome::label);
        orphaned = set.counter(Metric.ORPHANED, Labels.NONE);
        dialFailures = set.counter(Metric.DIAL_FAILURES, Labels.NONE);
        evictions = set.counter(Metric.EVICTIONS, Labels.NONE);
        bucketsRefreshed = set.counter(Metric.BUCKETS_REFRESHED, Labels.NONE);
        syncs = by(new String[] {"unanswered", "answered"}, Metric.SYNCS, "outcome", Function.identity());
        keysVerified =
                by(new String[] {"unconfirmed", "confirmed"}, Metric.KEYS_VERIFIED, "outcome", Function.identity());
        fetches = by(new String[] {"failed", "stored"}, Metric.FETCHES, "outcome", Function.identity());
        audits = by(AuditOutcome.values(), Metric.AUDITS, "outcome", AuditOutcome::label);
        chunksRefused = by(ChunkRefusal.values(), Metric.CHUNKS_REFUSED, "cause", ChunkRefusal::label);
        chunksUnreadable = by(ChunkLoss.values(), Metric.CHUNKS_UNREADABLE, "cause", ChunkLoss::label);
        pruned = set.counter(Metric.PRUNED, Labels.NONE);
        refreshDue = set.distribution(Metric.REFRESH_DUE, Labels.NONE);
        refreshPass = set.distribution(Metric.REFRESH_PASS, Labels.NONE);
        hintKeys = set.distribution(Metric.HINT_KEYS, Labels.NONE);
        hintLatency = set.distribution(Metric.HINT_LATENCY, Labels.NONE);
        syncLatency = set.distribution(Metric.SYNC_LATENCY, Labels.NONE);
        loopOccupied = set.distribution(Metric.LOOP_OCCUPIED, Labels.NONE);
        residence = set.distribution(Metric.SHARD_RESIDENCE, Labels.NONE);
        identityLatency = set.distribution(Metric.IDENTITY_LATENCY, Labels.NONE);
        dialLatency = set.distribution(Metric.DIAL_LATENCY, Labels.NONE);
        lookupLatency = set.distribution(Metric.LOOKUP_LATENCY, Labels.NONE);
        replyLatency = set.distribution(Metric.REPLY_LATENCY, Labels.NONE);
        registration = set.distribution(Metric.REGISTRATION_LATENCY, Labels.NONE);
        lockWait = byLock(Metric.LOCK_WAIT);
        lockHold = byLock(Metric.LOCK_HOLD);
    }

    /** All series, for those who read or add to them by name. */
    public MetricSet set() {
        return set;
    }

    /** Takes over what {@code other}, of the same shape, has counted and measured since the last time. */
    public void absorb(RunMetrics other) {
        set.absorb(other.set);
    }

    /** Messages handed on by shards since the run began. */
    public long deliveredTotal() {
        return total(delivered);
    }

    public long droppedTotal() {
        return total(dropsByKind);
    }

    public long identityTimeoutsTotal() {
        return total(identityTimeouts);
    }

    /** Times a node's disk did not take a chunk or give it back. */
    public long diskFailuresTotal() {
        return chunksRefused[ChunkRefusal.DISK.ordinal()].total() + total(chunksUnreadable);
    }

    private static long total(Counter[] counters) {
        long sum = 0;
        for (Counter counter : counters) sum += counter.total();
        return sum;
    }

    private Counter[] byKind(Metric metric) {
        Counter[] known = by(MessageKind.values(), metric, "kind", MessageKind::label);
        Counter[] counters = java.util.Arrays.copyOf(known, KINDS + 1);
        counters[KINDS] = set.counter(metric, Labels.of("kind", "unreadable"));
        return counters;
    }

    private <T> Counter[] by(T[] values, Metric metric, String label, Function<T, String> name) {
        Counter[] counters = new Counter[values.length];
        for (int i = 0; i < values.length; i++) {
            counters[i] = set.counter(metric, Labels.of(label, name.apply(values[i])));
        }
        return counters;
    }

    private Distribution[] byLock(Metric metric) {
        LockName[] locks = LockName.values();
        Distribution[] distributions = new Distribution[locks.length];
        for (LockName lock : locks) {
            distributions[lock.ordinal()] = set.distribution(metric, Labels.of("lock", lock.label()));
        }
        return distributions;
    }
}
