package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.HealthResult;
import java.util.ArrayList;
import java.util.List;

/** The checks that every run has: whether the harness did its work, and whether there was enough load for a verdict. */
final class BuiltInChecks {

    private BuiltInChecks() {}

    static List<HealthResult> of(RunTotals run) {
        List<HealthResult> found = new ArrayList<>();
        boolean moved = run.windows() > 0 && run.engineEvents() != 0;
        found.add(new HealthResult(
                "engine-made-progress",
                moved,
                moved
                        ? run.windows() + " windows completed"
                        : "no window was completed, so there is nothing to judge"));
        if (run.accountsChecked()) {
            found.add(new HealthResult("accounts-balance", true, "balanced in each of " + run.windows() + " windows"));
        }
        found.add(messages(run));
        if (run.uploaders()) found.add(uploads(run));
        if (run.nodesUpAtEnd() >= 0) {
            boolean up = run.nodesUpAtEnd() > 0;
            found.add(new HealthResult(
                    "nodes-alive",
                    up,
                    up
                            ? run.nodesUpAtEnd() + " nodes were up in the end"
                            : "in the end there was a time when no node was up"));
        }
        if (run.diskFailures() >= 0) found.add(disk(run));
        return List.copyOf(found);
    }

    private static HealthResult messages(RunTotals run) {
        boolean any = run.delivered() > 0;
        String words = any ? run.delivered() + " messages delivered" : "no node delivered a single message";
        return new HealthResult("messages-arrived", any, words);
    }

    private static HealthResult disk(RunTotals run) {
        boolean well = run.diskFailures() == 0;
        String words = well
                ? "it took every chunk, and gave back what was asked for"
                : "it failed " + run.diskFailures()
                        + " times to take a chunk or to give it back, so that nodes refused what they had room for;"
                        + " write --set store.directory=DIR with a folder on a disk that is well and not full";
        return new HealthResult("disk-kept-chunks", well, words);
    }

    private static HealthResult uploads(RunTotals run) {
        String words = run.started() == 0
                ? "no upload was started"
                : run.succeeded() == 0 ? "no upload succeeded: " + run.uploads() : run.uploads();
        boolean told = run.started() > 0 && !run.givenUp().isEmpty();
        return new HealthResult("uploads-succeeded", run.succeeded() > 0, told ? words + "; " + run.givenUp() : words);
    }
}
