package dev.kilonode.node.transport;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;

/** How a node's own tasks learn of connections that come up and end: which events are suppressed or overwritten. */
public record ConnectionEventsConfig(
        @Setting("whether the event of a new connection is suppressed when its address was seen before: none;"
                + " by-address (if the earlier connection timed out idle: an accepted one is never read, a dialled"
                + " one gets no announce); or marked-at-accept (the same, and the event of every other accepted"
                + " connection is counted as suppressed, without effect, since the accept loop marks the address"
                + " first)")
        Dedup dedup,

        @Setting("slots of the broadcast that carries connection events and one event for every message, oldest"
                + " overwritten; 0: events pass without a broadcast; the network studied has 256")
        @Range(min = "0", max = "1000000")
        int broadcastSlots,

        @Setting("slots of the broadcast that the connection monitor reads, which takes one event at a time and waits"
                + " for its announce or its locks; oldest overwritten; the network studied has 1000; used with"
                + " broadcast-slots")
        @Range(min = "1", max = "1000000")
        int monitorSlots) {

    public ConnectionEventsConfig {
        if (broadcastSlots < 0 || monitorSlots < 1) {
            throw new IllegalArgumentException("got " + broadcastSlots + " broadcast-slots and " + monitorSlots
                    + " monitor-slots, expected 0 or more and 1 or more");
        }
    }

    /** Which events of new connections are suppressed. */
    public enum Dedup {
        NONE,
        BY_ADDRESS,
        MARKED_AT_ACCEPT
    }
}
