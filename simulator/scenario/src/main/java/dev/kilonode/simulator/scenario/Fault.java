package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** A trouble injected on purpose. */
public record Fault(
        @Setting("name of the fault, as reports show it") @Range(min = "1", max = "100")
        String name,

        @Setting(
                "kill, isolate, latency, loss, throttle, slow-cpu or garbage; in wall time also refuse, pause, half-open and deaf")
        FaultKind kind,

        @Setting("when it begins, from the start of the run") @Range(min = "0s", max = "1000d")
        Duration at,

        @Setting("how long it lasts") @Range(min = "1ms", max = "1000d")
        Duration lasting,

        @Setting("share of the hosts (of the region) that it hits") @Range(min = "0%", max = "100%")
        Ratio share,

        @Setting("the region it hits; any: all") @Range(min = "1", max = "100")
        String region,

        @Setting("how hard: latency, loss: times; throttle, slow-cpu: what is left is divided by it; others: not used")
        @Range(min = "0.001", max = "1000000")
        double factor,

        @Setting("rogue peers that do it, beside the network's nodes; for garbage, half-open and deaf")
        @Range(min = "1", max = "100")
        int peers,

        @Setting("what each of them does: random bytes sent, connections begun, requests whose replies it never reads")
        @Range(min = "0/s", max = "10000/s")
        Frequency rate) {}
