package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** What one kind of work costs: a base, and a part by size. */
public record Price(
        @Setting("processor time, whatever the size") Duration base,

        @Setting("processor time for each KiB of the message")
        Duration perKib,

        @Setting("where the figures come from: a measurement, a source, or assumed")
        String source) {}
