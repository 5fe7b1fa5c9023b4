package dev.kilonode.node.transport;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;

/** How accepted connections pass from the handshake to the loop that starts to read them. */
public record AcceptConfig(
        @Setting("slots of the channel between handshakes and the accept loop; 0: accepted connections are read at"
                + " once; the network studied had 32, later 1024")
        @Range(min = "0", max = "1000000")
        int slots,

        @Setting("what a handshake does when no slot is free: orphan (its connection stays open and is never read, as"
                + " was observed) or wait (until a slot is free)")
        WhenFull whenFull,

        @Setting("times the accept loop queues for the peer map's lock for each connection; the network studied takes"
                + " two write locks, of maps that are not modelled")
        @Range(min = "0", max = "1000")
        int lockWaits) {

    public AcceptConfig {
        if (slots < 0 || lockWaits < 0) {
            throw new IllegalArgumentException(
                    "got " + slots + " slots and " + lockWaits + " lock-waits, expected 0 or more");
        }
    }

    /** What happens to a connection when no slot is free. */
    public enum WhenFull {
        ORPHAN,
        WAIT
    }
}
