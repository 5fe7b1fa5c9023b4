package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Resolution and limits of the results. */
public record Metrics(
        @Setting("length of the windows over which values are aggregated") @Range(min = "1ms", max = "1000d")
        Duration window,

        @Setting("number of nodes, the worst ones, for which results are kept per node")
        @Range(min = "0", max = "10000")
        int worstNodes,

        @Setting("most drops recorded one by one, as an average rate over the run; a random sample of all; totals are"
                + " always exact")
        @Range(min = "0/s", max = "1000000/s")
        Frequency dropSamples,

        @Setting("most drops recorded one by one in the whole run") @Range(min = "0", max = "1000000")
        int dropSampleCap) {}
