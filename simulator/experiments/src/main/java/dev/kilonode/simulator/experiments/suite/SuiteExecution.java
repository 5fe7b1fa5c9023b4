package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the planned runs in order, several at a time, whatever their results. A run whose process is killed from outside, as when memory runs
 * out, or whose worker is lost, is made again once.
 */
public final class SuiteExecution {

    /** Time that a run over its budget has for its partial report before it is killed. Its own watchdog uses half of it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The same for a run that was asked to stop: a little less than the suite itself has. */
    private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(29_000);

    private static final long LOOK_MILLIS = 50;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<PlannedRun> plan;
    private final SuiteWriter book;
    private final RunExecutor executor;
    private final @Nullable Duration timeBudget;
    private final BooleanSupplier stopRequested;
    private final Listener listener;
    private final List<RunUnderWay> running = new ArrayList<>();
    private final Deque<Integer> again = new ArrayDeque<>();
    private final Set<Integer> madeAgain = new HashSet<>();

    /** Listens to runs that end. */
    public interface Listener {
        /** Called when {@code run} has ended; {@code ended} of {@code planned} runs have ended now. */
        void ended(SuiteRun run, long ended, int planned) throws IOException;

        /** Called when what made {@code run} was killed or lost, and the run is made again, once. */
        default void again(SuiteRun run) {}

        /**
         * Called every few seconds.
         *
         * @param underWay the share that is done of each run that is under way, in [0, 1]
         */
        default void progress(long ended, List<Double> underWay) {}
    }

    /**
     * @param host makes the runs; closed at the end
     * @param timeBudget of each run, which enforces it itself and is killed if it does not; null if there is none
     * @param stopRequested polled several times a second; once true, no run is started and running ones are asked to stop
     */
    public SuiteExecution(
            List<PlannedRun> plan,
            SuiteWriter book,
            RunExecutor executor,
            @Nullable Duration timeBudget,
            BooleanSupplier stopRequested,
            Listener listener) {
        this.plan = List.copyOf(plan);
        this.book = book;
        this.executor = executor;
        this.timeBudget = timeBudget;
        this.stopRequested = stopRequested;
        this.listener = listener;
    }

    /**
     * Makes all runs that are not done.
     *
     * @throws IOException if a process cannot be started or a file cannot be written; no process is left running
     */
    public Suite run() throws IOException, InterruptedException {
        boolean stopped = false;
        long stoppedNanos = 0;
        long toldNanos = System.nanoTime();
        int next = 0;
        try {
            while (true) {
                if (!stopped && stopRequested.getAsBoolean()) {
                    stopped = true;
                    stoppedNanos = System.nanoTime();
                    running.forEach(RunUnderWay::stop);
                    book.stop();
                }
                if (stopped && System.nanoTime() - stoppedNanos > STOP_NANOS) running.forEach(RunUnderWay::kill);
                collect();
                while (!stopped && !again.isEmpty() && executor.hasRoom()) start(again.remove());
                while (!stopped && next < plan.size() && (plan.get(next).done() || executor.hasRoom())) {
                    start(next++);
                }
                boolean all = next == plan.size() && again.isEmpty();
                if (running.isEmpty() && (stopped || all)) break;
                if (System.nanoTime() - toldNanos > PROGRESS_NANOS) {
                    toldNanos = System.nanoTime();
                    listener.progress(
                            book.current().ended(),
                            running.stream().map(RunUnderWay::done).toList());
                }
                executor.await(LOOK_MILLIS);
            }
            book.end();
            if (!stopped) executor.finished();
            return book.current();
        } finally {
            executor.close();
        }
    }

    /** Kills all processes. Any thread. */
    public void killAll() {
        executor.killAll();
    }

    private void start(int index) throws IOException {
        PlannedRun planned = plan.get(index);
        if (planned.done()) return;
        running.add(executor.start(planned, index + 1));
        book.put(index, planned.run().with(State.RUNNING, null, "its process has not ended", null, 0));
    }

    private void collect() throws IOException {
        for (RunUnderWay child : List.copyOf(running)) {
            if (child.isAlive()) {
                if (timeBudget != null && child.wallNanos() > timeBudget.toNanos() + GRACE_NANOS) child.kill();
                continue;
            }
            running.remove(child);
            SuiteRun run = child.result();
            int index = plan.indexOf(child.planned());
            if (child.wasLost() && madeAgain.add(index)) {
                if (run.directory() != null)
                    SuiteFolder.setAside(book.directory().resolve(run.directory()));
                listener.again(run);
                again.add(index);
                book.put(index, child.planned().run());
            } else {
                book.put(index, run);
                listener.ended(run, book.current().ended(), plan.size());
            }
        }
    }
}
