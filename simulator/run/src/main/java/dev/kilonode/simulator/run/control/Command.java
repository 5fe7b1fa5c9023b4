package dev.kilonode.simulator.run.control;

/** What a coordinator tells a worker. */
public sealed interface Command {

    /** Whether a worker that leaves after this command is not lost: it was told to. */
    default boolean releases() {
        return this instanceof Refuse || this instanceof Finish;
    }

    /** The worker may not take part, and ends. */
    record Refuse(String why) implements Command {}

    /** The worker gets its part of a run, and prepares it. */
    record Assign(Assignment assignment) implements Command {}

    /** Measures the offset of the clocks; answered by {@link Report.Pong}. */
    record Ping(long sentNanos) implements Command {}

    /**
     * The run begins.
     *
     * @param startNanos time 0 of the run, on the worker's monotonic clock
     * @param startUnixSeconds the same moment for time stamps of messages, equal for all workers
     */
    record Begin(long startNanos, long startUnixSeconds) implements Command {}

    /** The worker ends its part of the run now, and reports it. */
    record Stop(String why) implements Command {}

    /**
     * The worker makes a whole run in a process of its own, and sends its results: {@link Report.Content}, then {@link Report.Made}. It may
     * then make another.
     *
     * @param lease identifies this hand-over of the run; a result of another is not taken
     * @param run names it for people
     * @param scenario the resolved scenario with its seed, as YAML
     * @param failOn mildest verdict that fails the run, as {@code --fail-on} names it
     * @param timeBudgetMs real time after which the run fails; 0 for none
     * @param realCrypto whether signatures are computed in virtual time, too
     */
    record Make(long lease, String run, String scenario, String failOn, long timeBudgetMs, boolean realCrypto)
            implements Command {}

    /** Another worker is lost, and with it the nodes of its part. */
    record PartLost(int part) implements Command {}

    /** The run is over. The worker ends. */
    record Finish() implements Command {}

    /** The coordinator is gone. Added by the link of the worker, never sent. */
    record CoordinatorLost(String why) implements Command {}
}
