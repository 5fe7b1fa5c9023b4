package dev.kilonode.node.transport;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;

/** How a node's own tasks learn that connections come and go: what is held back on the way, and what is overwritten. */
public record ConnectionEventsConfig(
        @Setting("whether a connection from an address seen before is held back: none; by-address (when the one before"
                + " died of silence: accepted it is never read, dialled it is not announced on); or"
                + " marked-at-accept (the same, and the event of every other accepted connection is counted as"
                + " held back, without effect, as the accept loop marks the address first)")
        Dedup dedup,

        @Setting("slots of the broadcast that carries connection events and one event for every message, oldest"
                + " overwritten; 0: events need no broadcast; the network studied has 256")
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

    /** Which events of connections that came up are held back. */
    public enum Dedup {
        NONE,
        BY_ADDRESS,
        MARKED_AT_ACCEPT
    }
}
