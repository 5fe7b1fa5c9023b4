package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Setting;

/** What the report holds. */
public record ReportOptions(
        @Setting("also write each chart as a PNG file") boolean png) {}
