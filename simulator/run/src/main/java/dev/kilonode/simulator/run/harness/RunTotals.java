package dev.kilonode.simulator.run.harness;

/**
 * The totals of a completed or recorded run, from which the built-in checks decide whether a verdict is possible.
 *
 * @param windows completed windows
 * @param engineEvents events fired by the engine; -1 if unknown
 * @param delivered messages delivered by nodes
 * @param uploaders whether the scenario has uploaders
 * @param uploads text with the numbers of uploads started, succeeded and so on
 * @param givenUp the frames that were given up, as a sentence; empty if there is nothing to tell
 * @param nodesUpAtEnd lower bound of the running nodes in the last sampled window; -1 if unknown
 * @param accountsChecked whether the invariants were checked in every window; a violation ends the run
 * @param diskFailures disk operations on chunks that failed; -1 if no chunk was stored on disk
 */
record RunTotals(
        long windows,
        long engineEvents,
        long delivered,
        boolean uploaders,
        long started,
        long succeeded,
        String uploads,
        String givenUp,
        long nodesUpAtEnd,
        boolean accountsChecked,
        long diskFailures) {}
