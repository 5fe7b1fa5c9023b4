package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** What an endpoint keeps of every address it ever met, and never forgets: capabilities, dialled addresses, polls. */
public record AddressHistoryCost(
        @Setting("addresses one endpoint remembers at most; 0 turns it off") @Range(min = "0", max = "10000000")
        int addresses,

        @Setting("processor time each remembered address takes per second") @Range(min = "0s", max = "1s")
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
