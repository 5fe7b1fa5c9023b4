package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Number of log lines that a node writes per message, and their processor time. The lines themselves are not modelled. */
public record LogCost(
        @Setting("processor time of one line; 0us: logging costs nothing") @Range(min = "0s", max = "1h")
        Duration perLine,

        @Setting("lines per registration: one for each time it finds the connection") @Range(min = "0", max = "1000")
        int linesPerRegistration,

        @Setting("lines per message sent") @Range(min = "0", max = "1000")
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
