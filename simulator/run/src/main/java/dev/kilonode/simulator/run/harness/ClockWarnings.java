package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.store.Medium;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Warns of settings that have no effect on the clock of the run. */
public final class ClockWarnings {

    private ClockWarnings() {}

    /** The warning as one sentence; empty if all settings have an effect. */
    public static String of(Scenario scenario) {
        if (scenario.clock() == Clock.VIRTUAL) {
            if (scenario.store().medium() == Medium.MEMORY) return "";
            return "virtual time ignores store.medium: its chunks have no content that a disk could hold";
        }
        List<String> ignored = new ArrayList<>();
        ignored.add(scenario.wall().endpointLock() ? "costs (but for endpoint-lock)" : "costs");
        ignored.add("cores and bandwidth of hosts and uploaders (but for faults that reduce them)");
        if (!scenario.wall().latency()) ignored.add("network.latency (but for faults that multiply it)");
        ignored.add("network.jitter");
        ignored.add("network.loss (but for faults that multiply it)");
        return "wall time ignores what virtual time models: " + String.join(", ", ignored);
    }
}
