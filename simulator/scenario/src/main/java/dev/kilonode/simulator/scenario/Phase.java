package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** A phase of load. */
public record Phase(
        @Setting("name of the phase, as reports show it") @Range(min = "1", max = "100")
        String name,

        @Setting("ramp: evenly from the previous phase's number of clients to this one's; hold: this number; spike:"
                + " this number, then the previous one")
        PhaseKind kind,

        @Setting("how long it lasts") @Range(min = "1ms", max = "1000d")
        Duration duration,

        @Setting("clients active at the end of the phase") @Range(min = "0", max = "1000000")
        int uploaders) {}
