package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** What a node writes to its log for each message, whatever becomes of the lines, and what that costs its processor. */
public record LogCost(
        @Setting("processor time of one line; 0us: logging costs nothing") @Range(min = "0s", max = "1h")
        Duration perLine,

        @Setting("lines of one registration: one for each time it finds the connection") @Range(min = "0", max = "1000")
        int linesPerRegistration,

        @Setting("lines of one message sent") @Range(min = "0", max = "1000")
        int linesPerMessage,

        @Setting("where the numbers come from") @Range(min = "0", max = "10000")
        String source) {

    public LogCost {
        if (linesPerRegistration < 0 || linesPerMessage < 0) {
            throw new IllegalArgumentException(
                    "got " + linesPerRegistration + " and " + linesPerMessage + " lines, expected 0 or more");
        }
    }
}
