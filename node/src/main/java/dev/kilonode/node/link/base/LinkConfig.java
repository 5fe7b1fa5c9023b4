package dev.kilonode.node.link.base;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Limits and time-outs of an endpoint in wall time. */
public record LinkConfig(
        @Setting("how long a dial waits for an answer") Duration dialTimeout,

        @Setting("how long a connection may be silent before it is closed; 0 for ever")
        Duration idleTimeout,

        @Setting("silence after which an end says that it still lives; 0 for never")
        Duration keepAlive,

        @Setting("how long a frame may wait before it leaves; then its send has failed")
        Duration sendTimeout,

        @Setting("largest frame that is read; a larger one ends the connection")
        Bytes maxFrame,

        @Setting("frames of one connection that wait to leave, in bytes; a send beyond it fails, unless nothing waits")
        Bytes sendQueue,

        @Setting("frames of one connection that have been read and wait for the node, in bytes; when full, reading"
                + " pauses")
        Bytes receiveQueue) {

    /** The values of virtual time; keep-alive is off. */
    public static final LinkConfig DEFAULT = new LinkConfig(
            Duration.ofSeconds(14),
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ofSeconds(10),
            new Bytes(16 << 20),
            new Bytes(8 << 20),
            new Bytes(256 << 10));
}
