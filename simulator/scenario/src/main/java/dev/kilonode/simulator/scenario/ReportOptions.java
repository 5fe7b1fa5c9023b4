package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Setting;

/** Options of the report. */
public record ReportOptions(
        @Setting("also write each chart as a PNG file") boolean png) {}
