package dev.kilonode.simulator.metrics;

import dev.kilonode.node.observe.AnnounceOutcome;
import dev.kilonode.node.observe.AuditOutcome;
import dev.kilonode.node.observe.ChunkLoss;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.HeldBack;
import dev.kilonode.node.observe.IdentityOutcome;
import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import org.jspecify.annotations.Nullable;

/** Watches one node: writes to the run's series, and keeps what is told of each node by itself. */
public final class NodeWatch implements NodeObserver {

    /** What the testers saw as the upper end of prompt identity exchanges. */
    private static final long PROMPT_NANOS = 500_000_000L;

    private final RunMetrics run;
    private final int node;
    private final boolean client;
    private final DropListener dropListener;
    private long drops;

    /**
     * @param node number of the node, for the accounts of drops; -1: a client
     * @param dropListener told of every drop
     */
    public NodeWatch(RunMetrics run, int node, boolean client, DropListener dropListener) {
        this.run = run;
        this.node = node;
        this.client = client;
        this.dropListener = dropListener;
    }

    /** Messages this node has lost since the run began, over all its lives. */
    public long drops() {
        return drops;
    }

    @Override
    public void delivered(int shard, MessageKind kind, int sizeBytes, long residenceNanos) {
        run.delivered[kind.ordinal()].increment();
        run.residence.recordNanos(residenceNanos);
    }

    @Override
    public void offered(@Nullable MessageKind kind) {
        run.offered[index(kind)].increment();
    }

    @Override
    public void dropped(int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        drops++;
        run.drops[cause.ordinal()][shard].increment();
        run.dropsByKind[index(kind)].increment();
        dropListener.dropped(node, shard, cause, kind, source);
    }

    @Override
    public void refused(RefusalCause cause, @Nullable MessageKind kind, NodeAddress source) {
        run.refused[cause.ordinal()].increment();
    }

    @Override
    public void lockWaited(LockName lock, boolean write, long nanos) {
        run.lockWait[lock.ordinal()].recordNanos(nanos);
    }

    @Override
    public void lockPassed(LockName lock, int times) {
        run.lockWait[lock.ordinal()].recordNanos(0, times);
    }

    @Override
    public void lockHeld(LockName lock, long nanos) {
        run.lockHold[lock.ordinal()].recordNanos(nanos);
    }

    @Override
    public void registered(long nanos) {
        run.registration.recordNanos(nanos);
    }

    @Override
    public void dialled(boolean succeeded, long nanos) {
        if (succeeded) run.dialLatency.recordNanos(nanos);
        else run.dialFailures.increment();
    }

    @Override
    public void identityEnded(IdentityOutcome outcome, long nanos) {
        run.identityExchanges.increment();
        run.identityLatency.recordNanos(nanos);
        if (outcome == IdentityOutcome.IDENTIFIED && nanos > PROMPT_NANOS) run.identityBetween.increment();
        if (outcome == IdentityOutcome.TIMED_OUT) run.identityTimeouts[client ? 1 : 0].increment();
    }

    // Of connections, only the network's nodes are counted: the clients' ends are seen there too

    @Override
    public void connectionCameUp(boolean dialled) {
        if (!client) run.connectionEvents[dialled ? 1 : 0].increment();
    }

    @Override
    public void eventHeldBack(HeldBack why) {
        if (!client) run.heldBack[why.ordinal()].increment();
    }

    @Override
    public void eventLagged(ConnectionEvent event) {
        if (!client) run.lagged[event.ordinal()].increment();
    }

    @Override
    public void connectionOrphaned() {
        if (!client) run.orphaned.increment();
    }

    @Override
    public void announceEnded(AnnounceOutcome outcome) {
        if (!client) run.announces[outcome.ordinal()].increment();
    }

    @Override
    public void replied(MessageKind request, long nanos) {
        run.replies.increment();
        run.replyLatency.recordNanos(nanos);
    }

    @Override
    public void requestTimedOut(MessageKind request) {
        run.requestTimeouts[request.ordinal()].increment();
    }

    @Override
    public void repliedTooLate(MessageKind reply) {
        run.late[reply.ordinal()].increment();
    }

    @Override
    public void lookupEnded(boolean found, int requests, long nanos) {
        run.lookupLatency.recordNanos(nanos);
    }

    @Override
    public void peerEvicted() {
        run.evictions.increment();
    }

    @Override
    public void bucketRefreshed() {
        run.bucketsRefreshed.increment();
    }

    @Override
    public void refreshPassEnded(int buckets, long nanos) {
        run.refreshDue.record(buckets);
        run.refreshPass.recordNanos(nanos);
    }

    @Override
    public void hintsBuilt(int keys, int hinted, long nanos) {
        run.hintKeys.record(keys);
        run.hintLatency.recordNanos(nanos);
    }

    @Override
    public void synced(boolean answered, long nanos) {
        run.syncs[answered ? 1 : 0].increment();
        if (answered) run.syncLatency.recordNanos(nanos);
    }

    @Override
    public void keysVerified(int asked, int confirmed) {
        run.keysVerified[0].add(asked - confirmed);
        run.keysVerified[1].add(confirmed);
    }

    @Override
    public void fetchEnded(boolean stored) {
        run.fetches[stored ? 1 : 0].increment();
    }

    @Override
    public void auditEnded(AuditOutcome outcome) {
        run.audits[outcome.ordinal()].increment();
    }

    @Override
    public void chunkRefused(ChunkRefusal cause) {
        run.chunksRefused[cause.ordinal()].increment();
    }

    @Override
    public void chunkUnreadable(ChunkLoss cause) {
        run.chunksUnreadable[cause.ordinal()].increment();
    }

    @Override
    public void chunkPruned() {
        run.pruned.increment();
    }

    @Override
    public void replicationHandled(MessageKind kind, long nanos) {
        run.loopOccupied.recordNanos(nanos);
    }

    private static int index(@Nullable MessageKind kind) {
        return kind == null ? RunMetrics.KINDS : kind.ordinal();
    }
}
