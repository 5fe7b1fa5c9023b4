package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import dev.kilonode.simulator.scenario.Durations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes runs on workers that have joined the control plane: each has one run at a time, on a lease that its reports extend. A run whose worker
 * is lost, or whose lease has run out, is lost; the result of another lease is not taken.
 */
public final class LeasedRunExecutor implements RunExecutor {

    /** A worker reports on its run every 2 s. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ControlPlane plane;
    private final LeaseTerms terms;
    private final Path directory;
    private final PrintStream log;
    private final Map<Integer, LeasedRun> leased = new HashMap<>();
    private final Deque<Integer> idle = new ArrayDeque<>();
    private final Map<Integer, String> names = new HashMap<>();
    private long leases;
    private boolean closed;
    private long heardNanos = System.nanoTime();

    /**
     * What holds for all runs.
     *
     * @param failOn as {@code --fail-on} names it
     * @param timeBudgetMs of each run, 0 for none
     * @param realCrypto whether signatures are computed
     * @param patience how long to wait while there is no worker
     */
    public record LeaseTerms(String failOn, long timeBudgetMs, boolean realCrypto, Duration patience) {}

    /**
     * @param plane closed with this
     * @param directory the suite's folder
     * @param log receives a line for each worker that comes or goes
     */
    public LeasedRunExecutor(ControlPlane plane, LeaseTerms terms, Path directory, PrintStream log) {
        this.plane = plane;
        this.terms = terms;
        this.directory = directory;
        this.log = log;
    }

    @Override
    public boolean hasRoom() {
        return !idle.isEmpty();
    }

    @Override
    public RunUnderWay start(PlannedRun planned, int number) throws IOException {
        int worker = idle.remove();
        long lease = ++leases;
        LeasedRun run = new LeasedRun(planned, lease, directory);
        leased.put(worker, run);
        plane.send(
                worker,
                new Command.Make(
                        lease,
                        planned.label(),
                        planned.scenario().get().tree().yaml(),
                        terms.failOn(),
                        terms.timeBudgetMs(),
                        terms.realCrypto()));
        return run;
    }

    @Override
    public void await(long millis) throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        long leftNanos = untilNanos - System.nanoTime();
        do {
            ControlPlane.FromWorker from = plane.poll(Duration.ofNanos(Math.max(1, leftNanos)));
            if (from == null) break;
            heardNanos = System.nanoTime();
            take(from.worker(), from.report());
            if (from.report() instanceof Report.Made || !idle.isEmpty()) return; // at once to the next run
            leftNanos = untilNanos - System.nanoTime();
        } while (leftNanos > 0);
        expire();
        boolean alone = leased.isEmpty() && idle.isEmpty();
        if (alone && System.nanoTime() - heardNanos > terms.patience().toNanos()) {
            throw new ClusterException("no worker has joined " + plane.address() + " for "
                    + Durations.text(terms.patience()) + "; start some with kilonode worker --join " + plane.address()
                    + ", and go on with --skip-done");
        }
    }

    private void take(int worker, Report report) throws IOException {
        LeasedRun run = leased.get(worker);
        if (report instanceof Report.Joined joined) {
            join(worker, joined.worker());
        } else if (report instanceof Report.Making making && run != null && run.lease() == making.lease()) {
            run.goesOn(making.done());
        } else if (report instanceof Report.Content content && run != null && run.lease() == content.lease()) {
            run.take(content);
        } else if (report instanceof Report.Made made && run != null && run.lease() == made.lease()) {
            leased.remove(worker);
            run.made(made);
            String unfit = run.unfit();
            if (unfit.isEmpty()) idle.add(worker);
            else dismiss(worker, "it cannot make the runs of this suite: " + unfit);
        } else if (report instanceof Report.Lost lost) {
            gone(worker, lost.why());
        }
    }

    private void join(int worker, WorkerInfo info) {
        String name = "worker " + worker + " (process " + info.pid() + " on " + info.machine() + ")";
        if (!info.build().equals(BuildInfo.identity())) {
            String why = "it is built from " + info.build() + ", this coordinator from " + BuildInfo.identity()
                    + "; install the same build on all machines";
            log.println("refused " + name + ": " + why);
            plane.send(worker, new Command.Refuse(why));
            return;
        }
        log.println(name + " has joined");
        names.put(worker, name);
        idle.add(worker);
    }

    /** Sends a worker away that would spoil one run after the other. */
    private void dismiss(int worker, String why) {
        plane.send(worker, new Command.Refuse(why));
        gone(worker, why);
    }

    /** The worker makes no more runs. */
    private void gone(int worker, String why) {
        String name = names.remove(worker);
        if (name == null) return;
        log.println(name + " is gone: " + why);
        boolean ignored = idle.remove(worker);
        LeasedRun run = leased.remove(worker);
        if (run != null) run.lose(why);
    }

    private void expire() {
        for (int worker : leased.keySet().toArray(new Integer[0])) {
            LeasedRun run = leased.get(worker);
            if (run == null || run.isHeardWithin(LEASE)) continue;
            dismiss(worker, "it has not reported for " + Durations.text(LEASE));
        }
    }

    @Override
    public void finished() {
        for (int worker : names.keySet()) plane.send(worker, new Command.Finish());
    }

    @Override
    public void killAll() {
        // workers end their runs when they lose this process
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        leased.values().forEach(LeasedRun::discard);
        LeasedRun.removeFolder(directory);
        plane.close();
    }
}
