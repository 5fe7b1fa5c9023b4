package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Price of one kind of work on a processor core. */
public record WorkCost(
        @Setting("processor time that does not depend on the size") @Range(min = "0s", max = "1h")
        Duration base,

        @Setting("processor time per KiB") @Range(min = "0s", max = "1h")
        Duration perKib,

        @Setting("where the numbers come from") @Range(min = "0", max = "10000")
        String source) {

    public WorkCost {
        if (base.isNegative() || perKib.isNegative()) {
            throw new IllegalArgumentException(
                    "got a price of " + base + " and " + perKib + " per KiB, expected 0 or more");
        }
    }
}
