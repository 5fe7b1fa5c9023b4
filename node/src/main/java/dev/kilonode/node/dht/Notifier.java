package dev.kilonode.node.dht;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.DhtMessage.Notify;

/**
 * Sends notices to close neighbours at random instants (a Poisson process), without replies. Open loop: nothing bounds the number
 * outstanding, so queues overflow when their consumers stall.
 */
final class Notifier implements Runnable {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final DhtConfig.Notifications config;
    private final RoutingTable table;
    private final Notify notice;
    private final double meanGapNanos;

    private boolean stopped;
    private long sent;

    Notifier(NodeRuntime runtime, Messenger messenger, DhtConfig.Notifications config, RoutingTable table) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.table = table;
        this.notice = new Notify(messenger.self());
        this.meanGapNanos = 1e9 / config.rate().perSecond();
    }

    void start() {
        if (config.rate().perSecond() > 0 && config.neighbours() > 0) scheduleNext();
    }

    void stop() {
        stopped = true;
    }

    long sent() {
        return sent;
    }

    /** Sends one notice and schedules the next. */
    @Override
    public void run() {
        if (stopped) return;
        int neighbours = Math.min(config.neighbours(), table.size());
        if (neighbours > 0) {
            int rank = runtime.random().nextInt(neighbours);
            messenger.send(table.nearest(rank).id(), notice, null);
            sent++;
        }
        scheduleNext();
    }

    private void scheduleNext() {
        double gapNanos = -StrictMath.log(1 - runtime.random().nextDouble()) * meanGapNanos;
        runtime.callAfter((long) gapNanos, this);
    }
}
