package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** How finely results are kept. */
public record Metrics(
        @Setting("stretch of time over which figures are put together") @Range(min = "1ms", max = "1000d")
        Duration window,

        @Setting("nodes whose own figures are kept: the worst ones") @Range(min = "0", max = "10000")
        int worstNodes,

        @Setting(
                "drops kept singly, on average over the run at most so many; drawn by chance from all; totals are always exact")
        @Range(min = "0/s", max = "1000000/s")
        Frequency dropSamples,

        @Setting("drops kept singly in all, at most") @Range(min = "0", max = "1000000")
        int dropSampleCap) {}
