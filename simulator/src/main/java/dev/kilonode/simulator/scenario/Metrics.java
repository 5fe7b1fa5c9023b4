package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** How finely results are kept. */
public record Metrics(
        @Setting("stretch of time over which figures are put together")
        Duration window,

        @Setting("nodes whose own figures are kept: the worst ones")
        int worstNodes,

        @Setting(
                "drops kept singly, on average over the run at most so many; drawn by chance from all; totals are always exact")
        Frequency dropSamples,

        @Setting("drops kept singly in all, at most") int dropSampleCap) {}
