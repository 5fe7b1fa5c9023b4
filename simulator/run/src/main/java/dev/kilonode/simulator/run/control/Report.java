package dev.kilonode.simulator.run.control;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.reports.run.UploadRow;
import java.util.List;
import java.util.Map;

/** What a worker tells its coordinator. Times of a run are in ms since its start. */
public sealed interface Report {

    /** The worker is there. Its first report. */
    record Joined(WorkerInfo worker) implements Report {}

    /** The worker has prepared its part. It begins when it is told. */
    record Prepared(int nodes, int hosts) implements Report {}

    /**
     * The worker cannot go on, and ends.
     *
     * @param exitCode the exit code that the failure has in a run of one process
     */
    record Failed(int exitCode, String words) implements Report {}

    /** Answers {@link Command.Ping}. */
    record Pong(long sentNanos, long workerNanos, long workerUnixMillis) implements Report {}

    /** Sent every second while the run lasts. */
    record Progress(
            long nowMs,
            int nodesUp,
            long delivered,
            long drops,
            long identityTimeouts,
            int uploadsRunning,
            long uploadsSucceeded,
            long uploadsFailed)
            implements Report {}

    /** Rows of files, {@value #MOST_ROWS} in all at most. Those of a window come before it. */
    record Rows(
            List<EventRow> events,
            List<UploadRow> uploads,
            List<DropRow> dropSample,
            List<String> dropWarnings,
            List<NodeDropsRow> dropsByNode)
            implements Report {}

    /** Bound of {@link Rows}, so that a report stays far below 1 MB. */
    int MOST_ROWS = 1_000;

    /**
     * A window of the part has closed.
     *
     * @param index number of the window, from 0
     * @param startMs its start, as planned
     * @param endMs its end; before the planned end if the run was stopped
     * @param metrics the values of all metrics in the window, as {@code MetricSet} encodes them
     * @param nodesUp samples of the number of running nodes, in order
     * @param uploadsRunning samples of the number of running uploads, at the same moments
     * @param late whether its loops were late too often
     * @param busy share of the window in which its busiest loop worked
     * @param worstLateMs the longest delay of a loop
     * @param speed run time per real time
     * @param eventsFired events fired so far
     */
    record Window(
            int index,
            long startMs,
            long endMs,
            byte[] metrics,
            List<Integer> nodesUp,
            List<Integer> uploadsRunning,
            boolean late,
            double busy,
            double worstLateMs,
            double speed,
            long eventsFired)
            implements Report {}

    /**
     * The part has ended. What it wrote has come before.
     *
     * @param health what the part says of itself
     * @param unwatched labels of invariants that could not be watched
     * @param drops drops of its nodes
     */
    record Ended(List<String> health, List<String> unwatched, long drops) implements Report {}

    /**
     * A run that the worker makes goes on. Sent every few seconds.
     *
     * @param done share of the run that is done, in [0, 1]
     */
    record Making(long lease, double done) implements Report {}

    /** Bound of the bytes of {@link Content}. */
    int MOST_CONTENT = 512 << 10;

    /**
     * A piece of a file of a run that the worker has made. The pieces of a file come in order.
     *
     * @param file its path in the folder of results, with slashes
     */
    record Content(long lease, String file, byte[] bytes) implements Report {}

    /**
     * The process of a run has ended, and all its files have been sent.
     *
     * @param exit exit value of the process
     * @param output what it has written to standard output
     * @param lastLine the last line of its log
     * @param files size of each file in bytes
     */
    record Made(long lease, int exit, String output, String lastLine, Map<String, Long> files) implements Report {
        public Made {
            files = Map.copyOf(files);
        }
    }

    /** The worker is gone. Added by the control plane of the coordinator, never sent. */
    record Lost(String why) implements Report {}
}
