package dev.kilonode.node.transport;

/** A consumer of a queue that lies elsewhere in memory: it remembers whether anything waits, and looks at the queue only then. */
abstract class QueueConsumer extends SerialConsumer {

    private boolean waits;

    /** Something has been put into the queue. */
    final void queued() {
        waits = true;
    }

    /** As {@link #consume}, if anything waits. */
    final void consumeQueue() {
        if (!waits) return;
        consume();
        waits = depth() > 0;
    }

    /** How many wait. */
    abstract int depth();
}
