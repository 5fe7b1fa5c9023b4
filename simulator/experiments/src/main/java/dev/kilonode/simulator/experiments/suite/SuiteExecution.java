package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ProcessLauncher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the planned runs in order, several at a time, whatever their results. */
public final class SuiteExecution {

    /** Time that a run over its budget has for its partial report before it is killed. Its own watchdog uses half of it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The same for a run that was asked to stop: a little less than the suite itself has. */
    private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(29_000);

    private static final long LOOK_MILLIS = 50;

    private final List<PlannedRun> plan;
    private final SuiteWriter book;
    private final ProcessLauncher processes;
    private final int jobs;
    private final @Nullable Duration timeBudget;
    private final BooleanSupplier stopRequested;
    private final Listener listener;
    private final List<RunProcess> running = new ArrayList<>();
    private final ConcurrentLinkedQueue<ProcessHandle> handles = new ConcurrentLinkedQueue<>();

    /** Listens to runs that end. */
    public interface Listener {
        /** Called when {@code run} has ended; {@code ended} of {@code planned} runs have ended now. */
        void ended(SuiteRun run, long ended, int planned);
    }

    /**
     * @param jobs most runs at a time
     * @param timeBudget of each run, which enforces it itself and is killed if it does not; null if there is none
     * @param stopRequested polled several times a second; once true, no run is started and running ones are asked to stop
     */
    public SuiteExecution(
            List<PlannedRun> plan,
            SuiteWriter book,
            ProcessLauncher processes,
            int jobs,
            @Nullable Duration timeBudget,
            BooleanSupplier stopRequested,
            Listener listener) {
        this.plan = List.copyOf(plan);
        this.book = book;
        this.processes = processes;
        this.jobs = jobs;
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
        int next = 0;
        try {
            while (true) {
                if (!stopped && stopRequested.getAsBoolean()) {
                    stopped = true;
                    stoppedNanos = System.nanoTime();
                    running.forEach(RunProcess::stop);
                    book.stop();
                }
                if (stopped && System.nanoTime() - stoppedNanos > STOP_NANOS) running.forEach(RunProcess::kill);
                collect();
                while (!stopped && running.size() < jobs && next < plan.size()) {
                    start(next++);
                }
                if (running.isEmpty()) break;
                running.get(0).await(LOOK_MILLIS);
            }
            book.end();
            return book.current();
        } finally {
            killAll();
        }
    }

    /** Kills all processes. Any thread. */
    public void killAll() {
        for (ProcessHandle handle : handles) {
            boolean ignored = handle.destroyForcibly();
        }
    }

    private void start(int index) throws IOException {
        PlannedRun planned = plan.get(index);
        if (planned.done()) return;
        RunProcess child = RunProcess.start(planned, processes, book.directory(), index + 1);
        running.add(child);
        handles.add(child.handle());
        book.put(index, planned.run().with(State.RUNNING, null, "its process has not ended", null, 0));
    }

    private void collect() throws IOException {
        for (Iterator<RunProcess> children = running.iterator(); children.hasNext(); ) {
            RunProcess child = children.next();
            if (child.isAlive()) {
                if (timeBudget != null && child.wallNanos() > timeBudget.toNanos() + GRACE_NANOS) child.kill();
                continue;
            }
            children.remove();
            boolean ignored = handles.remove(child.handle());
            SuiteRun run = child.result();
            book.put(plan.indexOf(child.planned()), run);
            listener.ended(run, book.current().ended(), plan.size());
        }
    }
}
