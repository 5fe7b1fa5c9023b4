package dev.kilonode.simulator.suite;

import dev.kilonode.reports.suite.SuiteRun;
import java.util.List;

/**
 * A run to be made.
 *
 * @param run       what it is; still waiting, or done by an earlier suite
 * @param arguments of the command line that makes it
 */
public record PlannedRun(SuiteRun run, List<String> arguments) {

    /** Whether there is nothing to do. */
    boolean done() {
        return run.state() != SuiteRun.State.WAITING;
    }

    /** {@code smoke seed 7}. */
    String label() {
        return run.scenario() + " " + run.id();
    }
}
