package dev.kilonode.simulator.run.harness;

/**
 * The totals of a run by which the built-in checks tell whether it can be judged. Of a run that has just ended, or one that is read back.
 *
 * @param windows windows that were completed
 * @param engineEvents events that the engine fired; -1 when unknown
 * @param delivered messages that nodes handed on
 * @param uploaders whether the scenario has any
 * @param uploads started, succeeded and so on, in words
 * @param nodesUpAtEnd nodes that were running in the last window that was sampled, at least; -1 when unknown
 * @param accountsChecked whether the accounts were looked at in every window; one that does not balance ends the run
 * @param diskFailures times the disk did not take a chunk or give it back; -1 when no chunk was kept on one
 */
record RunTotals(
        long windows,
        long engineEvents,
        long delivered,
        boolean uploaders,
        long started,
        long succeeded,
        String uploads,
        long nodesUpAtEnd,
        boolean accountsChecked,
        long diskFailures) {}
