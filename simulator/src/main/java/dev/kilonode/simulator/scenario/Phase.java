package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** A stretch of load. */
public record Phase(
        @Setting("name of the phase, as reports show it") String name,

        @Setting("ramp: from the phase before to this one's number; hold: this number; spike: this number, then back")
        PhaseKind kind,

        @Setting("how long it lasts") Duration duration,
        @Setting("clients active at the end of the phase") int uploaders) {}
