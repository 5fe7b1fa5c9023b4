package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** What one kind of work costs a processor core. */
public record Price(
        @Setting("processor time whatever the size") Duration base,
        @Setting("processor time per KiB") Duration perKib,
        @Setting("where the numbers come from") String source) {

    public Price {
        if (base.isNegative() || perKib.isNegative()) {
            throw new IllegalArgumentException(
                    "got a price of " + base + " and " + perKib + " per KiB, expected 0 or more");
        }
    }
}
