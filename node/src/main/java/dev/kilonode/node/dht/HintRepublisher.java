package dev.kilonode.node.dht;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.DhtMessage.Notify;

/**
 * Sends the closest peers, round after round, notices of the relay nodes through which this node can be reached. Open loop: the number of
 * messages per round does not depend on the load of the network.
 */
final class HintRepublisher {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final DhtConfig.HintRepublish config;
    private final RoutingTable table;
    private final Runnable publish = this::publish;

    private boolean stopped;
    private long sent;

    HintRepublisher(NodeRuntime runtime, Messenger messenger, DhtConfig.HintRepublish config, RoutingTable table) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.table = table;
    }

    void start() {
        if (config.neighbours() > 0) rest();
    }

    void stop() {
        stopped = true;
    }

    long sent() {
        return sent;
    }

    private void publish() {
        if (stopped) return;
        Notify notice = new Notify(messenger.self());
        for (int rank = 0; rank < Math.min(config.neighbours(), table.size()); rank++) {
            messenger.send(table.nearest(rank).id(), notice, null);
            sent++;
        }
        rest();
    }

    private void rest() {
        runtime.schedule(config.every().drawNanos(runtime.random()), publish);
    }
}
