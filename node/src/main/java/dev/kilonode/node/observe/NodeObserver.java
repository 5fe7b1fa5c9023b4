package dev.kilonode.node.observe;

import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens inside one node, as it happens, on the node's thread. Implementations only count and record: a node
 * behaves the same whoever watches. All spans in nanoseconds.
 */
public interface NodeObserver {

    /** Watches nothing. */
    NodeObserver NONE = new NodeObserver() {};

    /** A frame has reached the dispatcher. @param kind as declared, null when unreadable */
    default void offered(@Nullable MessageKind kind) {}

    /** A shard's consumer is through with a message: decoded, verified, registered, handed on. */
    default void delivered(int shard, MessageKind kind, int sizeBytes, long residenceNanos) {}

    /** @param kind as declared, null when unreadable */
    default void dropped(int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {}

    default void refused(RefusalCause cause, @Nullable MessageKind kind, NodeAddress source) {}

    /** A lock was granted after {@code nanos}; 0 when it was free. */
    default void lockWaited(LockName lock, boolean write, long nanos) {}

    /** A free lock was read {@code times} times. */
    default void lockPassed(LockName lock, int times) {
        for (int i = 0; i < times; i++) lockWaited(lock, false, 0);
    }

    /** A write lock was given back after {@code nanos}. */
    default void lockHeld(LockName lock, long nanos) {}

    /** The endpoint took {@code nanos} to register a connection's peer. */
    default void registered(long nanos) {}

    /** A dial ended after {@code nanos}, without the identity exchange. */
    default void dialled(boolean succeeded, long nanos) {}

    /** A dialler's wait for an identity ended after {@code nanos}. */
    default void identityEnded(IdentityOutcome outcome, long nanos) {}

    /** A connection came up, which is an event for this node's own tasks. */
    default void connectionCameUp(boolean dialled) {}

    /** The event of a connection that came up was held back, because its address has been seen before. */
    default void eventHeldBack(HeldBack why) {}

    /** An event was overwritten before its receiver, which lags, had read it. */
    default void eventLagged(ConnectionEvent event) {}

    /** An accepted connection found no slot on its way to the accept loop, and is never read. */
    default void connectionOrphaned() {}

    /** An identity announce was acknowledged, or not, or never sent. */
    default void announceEnded(AnnounceOutcome outcome) {}

    /** A request was answered after {@code nanos}, counted from when its frame was sent. */
    default void replied(MessageKind request, long nanos) {}

    /** A request got no answer in time. */
    default void requestTimedOut(MessageKind request) {}

    /** A reply arrived whose request had already been given up. */
    default void repliedTooLate(MessageKind reply) {}

    /** An iterative lookup ended. */
    default void lookupEnded(boolean found, int requests, long nanos) {}

    /** A file's upload by this client ended. */
    default void uploadEnded(boolean succeeded, long nanos) {}

    /** A peer lost so much trust that the routing table let it go. */
    default void peerEvicted() {}

    /** A neglected bucket has been refreshed. */
    default void bucketRefreshed() {}

    /** A pass over the neglected buckets ended. @param buckets how many were neglected when it began */
    default void refreshPassEnded(int buckets, long nanos) {}

    /**
     * What concerns one neighbour has been found.
     *
     * @param keys keys looked at
     * @param hinted keys that concern the neighbour
     */
    default void hintsBuilt(int keys, int hinted, long nanos) {}

    /** A neighbour was compared with, or did not answer. */
    default void synced(boolean answered, long nanos) {}

    /** Others were asked about keys unknown here. @param confirmed how many of them are to be believed */
    default void keysVerified(int asked, int confirmed) {}

    /** A missing chunk was fetched, or nobody had it. */
    default void fetchEnded(boolean stored) {}

    default void auditEnded(AuditOutcome outcome) {}

    /** A chunk was offered and not taken. */
    default void chunkRefused(ChunkRefusal cause) {}

    /** A chunk held could not be read back. */
    default void chunkUnreadable(ChunkLoss cause) {}

    /** A chunk was let go because it had long been others'. */
    default void chunkPruned() {}

    /** The one replication loop was occupied by a message for so long. */
    default void replicationHandled(MessageKind kind, long nanos) {}
}
