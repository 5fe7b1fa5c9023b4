package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Cost of the tables that an endpoint keeps per address it has ever met, and never shrinks: capabilities, dialled addresses, polls. */
public record AddressHistoryCost(
        @Setting("most addresses that one endpoint keeps; 0 turns it off") @Range(min = "0", max = "10000000")
        int addresses,

        @Setting("processor time per second and address kept") @Range(min = "0s", max = "1s")
        Duration perAddressSecond,

        @Setting("where the numbers come from") @Range(min = "0", max = "10000")
        String source) {

    public AddressHistoryCost {
        if (addresses < 0 || perAddressSecond.isNegative()) {
            throw new IllegalArgumentException(
                    "got " + addresses + " addresses at " + perAddressSecond + " a second, expected 0 or more");
        }
    }
}
