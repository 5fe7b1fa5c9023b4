package dev.kilonode.node.observe;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the counts and measurements of one node, on the node's thread. An observer must not influence the node. Labels are given by
 * their index in the metric's {@link Dimension}; for an enumeration this is the ordinal.
 */
public interface NodeObserver {

    /** Ignores all events. */
    NodeObserver NONE = new NodeObserver() {};

    /** The index of a message whose kind cannot be read. */
    int UNREADABLE = Dimension.MESSAGE_KIND.indexOf("unreadable");

    /**
     * Counts events.
     *
     * @param label index of the label's value; 0 for a metric without labels
     */
    default void add(Metric metric, int label, long events) {}

    /**
     * Records a duration {@code times} times, for a metric in milliseconds.
     *
     * @param label index of the label's value; 0 for a metric without labels
     */
    default void recordNanos(Metric metric, int label, long nanos, int times) {}

    /** Records a value of a metric without labels, in its unit. */
    default void record(Metric metric, double value) {}

    /** Counts an event of a metric without labels. */
    default void count(Metric metric) {
        add(metric, 0, 1);
    }

    default void count(Metric metric, Enum<?> label) {
        add(metric, label.ordinal(), 1);
    }

    /** Counts an event of a metric whose label has two values, of which {@code true} is the second. */
    default void count(Metric metric, boolean label) {
        add(metric, label ? 1 : 0, 1);
    }

    /**
     * Counts a message.
     *
     * @param kind the declared kind, null if unreadable
     */
    default void countMessage(Metric metric, @Nullable MessageKind kind) {
        add(metric, kind == null ? UNREADABLE : kind.ordinal(), 1);
    }

    /** Records a duration, for a metric in milliseconds without labels. */
    default void recordNanos(Metric metric, long nanos) {
        recordNanos(metric, 0, nanos, 1);
    }

    /**
     * A message was lost inside the node. The observer counts it.
     *
     * @param kind the declared kind, null if unreadable
     */
    default void dropped(int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {}

    /** A dialler's wait for the remote identity ended. The node counts the metrics separately. */
    default void identityEnded(IdentityOutcome outcome, long nanos) {}

    /** An upload of this client took a chunk for stored: each of {@code holders}, as many as it needs, said that it holds it. */
    default void chunkAcknowledged(PeerId address, List<PeerId> holders) {}

    // For registries, including those of plug-ins

    /** A lock was granted after {@code nanos}; 0 if it was free. */
    default void lockWaited(LockName lock, boolean write, long nanos) {
        recordNanos(Metric.LOCK_WAIT, lock.ordinal(), nanos, 1);
    }

    /** A free lock was read {@code times} times. */
    default void lockPassed(LockName lock, int times) {
        recordNanos(Metric.LOCK_WAIT, lock.ordinal(), 0, times);
    }

    /** A write lock was released after {@code nanos}. */
    default void lockHeld(LockName lock, long nanos) {
        recordNanos(Metric.LOCK_HOLD, lock.ordinal(), nanos, 1);
    }

    /** The endpoint took {@code nanos} to register a connection's peer. */
    default void registered(long nanos) {
        recordNanos(Metric.REGISTRATION_LATENCY, nanos);
    }
}
