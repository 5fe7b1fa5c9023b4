package dev.kilonode.simulator.run.distributed;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.WorkerRow;
import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.HarnessHealth;
import dev.kilonode.simulator.run.harness.HeadlineFigures;
import dev.kilonode.simulator.run.harness.LostWorkers;
import dev.kilonode.simulator.run.harness.MissedReports;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.run.harness.RunEnd;
import dev.kilonode.simulator.run.harness.RunEvaluation;
import dev.kilonode.simulator.run.harness.RunProgress;
import dev.kilonode.simulator.run.harness.SaturationCheck;
import dev.kilonode.simulator.run.harness.WatchedRun;
import dev.kilonode.simulator.run.invariants.InvariantResults;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Invariant;
import dev.kilonode.simulator.scenario.OnWorkerLoss;
import dev.kilonode.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A run over several processes, as its coordinator sees it: takes the windows of all workers, merges those of the same time, and evaluates
 * them as the windows of one run. Used by one thread; {@link #nowNanos}, {@link #progress} and {@link #interrupt} by any.
 */
public final class DistributedRun implements WatchedRun {

    /**
     * Time limits.
     *
     * @param lead from the command to begin to the begin, so that it reaches all workers before
     * @param silence a worker that has not reported for so long is lost; it reports every second
     * @param late a window that comes later than this after its end is left out; more than {@code silence}, so that a lost worker is known
     *     by then
     * @param stop from a command to stop to the last report
     */
    record Limits(Duration lead, Duration silence, Duration late, Duration stop) {

        /** A lost worker is noticed within 30 s, and no run exceeds its duration by 30 s. */
        static final Limits USUAL = new Limits(
                Duration.ofSeconds(1), Duration.ofSeconds(18), Duration.ofSeconds(20), Duration.ofSeconds(12));
    }

    private static final long PING_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration POLL = Duration.ofMillis(100);

    /** A turn that takes longer was a stall of this process, in which reports were not taken. */
    private static final long STALL_NANOS = Duration.ofSeconds(2).toNanos();

    private final Limits limits;
    private final Scenario scenario;
    private final Assembly assembled;
    private final Workers workers;
    private final RunWriter writer;
    private final RunControl control;
    private final ChildProcesses processes;
    private final MetricSet metrics;
    private final RunEvaluation evaluation;
    private final SaturationCheck saturation = new SaturationCheck();
    private final MergedDrops drops;
    private final List<EventRow> violations = new ArrayList<>();
    private final List<String> health = new ArrayList<>();
    private final TreeSet<String> unwatched = new TreeSet<>();
    private final long windowMs;
    private final long durationMs;

    /** Windows that have come and are not merged yet: by number, and by part. */
    private final TreeMap<Integer, Report.Window[]> waiting = new TreeMap<>();

    private int merged;
    private long mergedMs;
    private final MissedReports missed = new MissedReports();
    private long startNanos;
    private long pingedNanos;
    private long judgeFromNanos;
    private long stoppedNanos;
    private String stoppedBecause = "";
    private String endedBy = "";
    private final long[] eventsFired;
    private long reports;
    private volatile long nowNanos;
    private volatile long progress;
    private volatile boolean interrupted;

    public DistributedRun(Scenario scenario, Assembly assembled, RunWriter writer, RunControl control) {
        this(scenario, assembled, writer, control, Limits.USUAL);
    }

    DistributedRun(Scenario scenario, Assembly assembled, RunWriter writer, RunControl control, Limits limits) {
        this.limits = limits;
        this.scenario = scenario;
        this.assembled = assembled;
        this.workers = assembled.workers();
        this.writer = writer;
        this.control = control;
        this.processes = assembled.processes();
        int count = workers.all().size();
        eventsFired = new long[count];
        metrics = new MetricSet(
                scenario.transport().shards(),
                count,
                EnumSet.of(
                        MetricSource.NODE, MetricSource.STORAGE_NODE, MetricSource.HARNESS, MetricSource.WALL_CLOCK));
        evaluation = new RunEvaluation(scenario, count, metrics, writer);
        drops = new MergedDrops(scenario.metrics().dropSampleCap());
        writer.drops(drops);
        windowMs = scenario.metrics().window().toMillis();
        durationMs = scenario.duration().toMillis();
    }

    /** Runs until the end of the scenario or a stop request. */
    public RunEnd run() {
        try {
            return execute();
        } catch (InterruptedException e) {
            throw new InterruptedRunException();
        }
    }

    private RunEnd execute() throws InterruptedException {
        writeWorkers();
        begin();
        long turnNanos = System.nanoTime();
        while (!workers.active().isEmpty()) {
            Workers.Heard heard = workers.take(POLL);
            if (heard != null) hear(heard.worker(), heard.report());
            assembled.logRefusals();
            long now = System.nanoTime();
            if (now - turnNanos > STALL_NANOS) judgeFromNanos = now + STALL_NANOS;
            turnNanos = now;
            // Nobody is late whose report may lie in the queue.
            boolean judge = heard == null && now - judgeFromNanos > 0;
            if (judge && overdue()) break;
            if (stoppedNanos == 0 && (control.stopRequested() || interrupted)) stop(control.whyStopped());
            for (WorkerRecord worker : workers.active()) {
                if (!judge) break;
                String end = processes.ended(worker.info.pid()); // after all that it has sent
                if (end != null) {
                    lose(worker, end);
                } else if (now - worker.heardNanos > limits.silence.toNanos()) {
                    lose(worker, "it has not reported for " + Durations.text(limits.silence));
                }
            }
            if (now - pingedNanos > PING_NANOS) ping(now);
            merge(judge);
            control.progress(progressNow());
        }
        for (WorkerRecord worker : workers.active()) {
            lose(
                    worker,
                    stoppedNanos == 0
                            ? "it has not reported its end"
                            : "it did not end within " + Durations.text(limits.stop) + " after it was told");
        }
        merge(true);
        writeWorkers();
        return conclude();
    }

    private void begin() {
        startNanos = System.nanoTime() + limits.lead.toNanos();
        judgeFromNanos = startNanos;
        long unixSeconds = System.currentTimeMillis() / 1_000 + 1;
        pingedNanos = startNanos;
        for (WorkerRecord worker : workers.all()) {
            worker.clock.fix();
            worker.state = WorkerState.RUNNING;
            worker.heardNanos = startNanos;
            workers.send(worker, new Command.Begin(worker.clock.onWorker(startNanos), unixSeconds));
        }
    }

    private void hear(WorkerRecord worker, Report report) {
        progress = ++reports;
        if (report instanceof Report.Progress now) {
            worker.progress = now;
            nowNanos = Math.max(nowNanos, now.nowMs() * 1_000_000);
        } else if (report instanceof Report.Rows rows) {
            rows.events().forEach(this::event);
            rows.uploads().forEach(writer::upload);
            drops.add(worker.part, rows);
        } else if (report instanceof Report.Window window) {
            window(worker, window);
        } else if (report instanceof Report.Ended ended) {
            worker.state = WorkerState.ENDED;
            ended.health().forEach(words -> health.add("worker " + worker.part + ": " + words));
            unwatched.addAll(ended.unwatched());
            drops.ended(worker.part, ended.drops());
        } else if (report instanceof Report.Lost lost) {
            lose(worker, lost.why());
        } else if (report instanceof Report.Failed failed) {
            worker.state = WorkerState.LOST;
            workers.sendToActive(new Command.Stop(worker + " failed"));
            throw new WorkerFailedException(failed.exitCode(), worker + ": " + failed.words());
        }
    }

    private void event(EventRow event) {
        if (event.type() == EventRow.Type.INVARIANT) violations.add(event);
        writer.event(event);
    }

    private void window(WorkerRecord worker, Report.Window window) {
        worker.windows = window.index() + 1;
        if (window.index() < merged) return; // marked as missing when it was late
        waiting.computeIfAbsent(
                        window.index(),
                        unused -> new Report.Window[workers.all().size()])[worker.part] = window;
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    private long plannedEndMs(int window) {
        return Math.min((window + 1) * windowMs, durationMs);
    }

    /** Merges the windows that are complete, or late if {@code judge} is set. */
    private void merge(boolean judge) {
        while (merged * windowMs < durationMs) {
            Report.Window[] next = waiting.get(merged);
            List<WorkerRecord> owing = workers.active().stream()
                    .filter(worker -> worker.windows <= merged)
                    .toList();
            boolean late = judge && now() > plannedEndMs(merged) * 1_000_000 + limits.late.toNanos();
            if (!owing.isEmpty() && !late) return;
            List<WorkerRecord> missing = workers.all().stream()
                    .filter(worker -> owing.contains(worker) || isGap(worker, next))
                    .toList();
            if (next == null && missing.isEmpty()) return;
            for (WorkerRecord worker : missing) {
                writer.event(missed.add(worker.part, merged * windowMs, plannedEndMs(merged)));
            }
            if (next != null) merge(next, missing.isEmpty());
            else merged++;
        }
    }

    /** Whether a worker has reported a later window, but not this one: its report was lost on its way. */
    private boolean isGap(WorkerRecord worker, Report.Window @Nullable [] reported) {
        return worker.windows > merged && (reported == null || reported[worker.part] == null);
    }

    private void merge(Report.Window[] windows, boolean complete) {
        long startMs = merged * windowMs;
        waiting.remove(merged++);
        if (!endedBy.isEmpty()) return; // a check had ended the run before this window
        if (stoppedNanos != 0 && isRagged(windows)) return;
        Map<Integer, MachineLoad> loads = new TreeMap<>();
        List<List<Integer>> nodesUp = new ArrayList<>();
        List<List<Integer>> uploadsRunning = new ArrayList<>();
        long endMs = 0;
        double speed = Double.MAX_VALUE;
        for (int part = 0; part < windows.length; part++) {
            Report.Window window = windows[part];
            if (window == null) continue;
            metrics.absorb(window.metrics(), part);
            loads.put(part, new MachineLoad(window.late(), window.busy(), window.worstLateMs()));
            nodesUp.add(window.nodesUp());
            uploadsRunning.add(window.uploadsRunning());
            endMs = Math.max(endMs, window.endMs());
            speed = Math.min(speed, window.speed());
            eventsFired[part] = window.eventsFired();
        }
        Levels.record(metrics, Metric.NODES_UP, nodesUp);
        Levels.record(metrics, Metric.UPLOADS_RUNNING, uploadsRunning);
        recordClocks();
        boolean trusted = saturation.window(loads) && complete;
        mergedMs = endMs;
        evaluation.evaluate(startMs, endMs, speed, trusted);
        String check = stoppedBecause.isEmpty() ? evaluation.endsRun() : null;
        evaluation.write(startMs, endMs, "");
        if (check == null || endMs >= durationMs) return;
        endedBy = check;
        stop("ended by " + check);
    }

    /** Whether a worker that lives had stopped before the window began, so that the others do not tell of the whole. */
    private boolean isRagged(Report.Window[] windows) {
        return workers.all().stream()
                .anyMatch(worker -> worker.state != WorkerState.LOST && windows[worker.part] == null);
    }

    private void recordClocks() {
        for (WorkerRecord worker : workers.all()) {
            if (worker.clock.exchanges() == 0) continue;
            int index = metrics.ofWorker(Metric.CLOCK_OFFSET, worker.part, 0);
            metrics.open(Metric.CLOCK_OFFSET, index);
            metrics.recordNanos(Metric.CLOCK_OFFSET, index, worker.clock.driftNanos(), 1);
        }
    }

    private void ping(long now) {
        pingedNanos = now;
        for (WorkerRecord worker : workers.active()) {
            worker.clock.forget();
            workers.send(worker, new Command.Ping(System.nanoTime()));
        }
    }

    private void lose(WorkerRecord worker, String why) {
        if (!worker.isActive()) return; // it has reported everything, or was lost before
        worker.state = WorkerState.LOST;
        workers.send(worker, new Command.Stop("this worker was taken for lost: " + why));
        workers.sendToActive(new Command.PartLost(worker.part));
        processes.kill(worker.info.pid());
        worker.lostAtMs = Math.max(0, Math.min(durationMs, (worker.heardNanos - startNanos) / 1_000_000));
        worker.lostWhy = why;
        assembled.tell(worker + " is lost: " + why);
        writer.event(new EventRow(
                worker.lostAtMs,
                EventRow.Type.FAULT,
                "worker-" + worker.part + "-lost",
                durationMs,
                Map.of("worker", worker.part, "why", why, "nodes", worker.nodes)));
        writeWorkers();
        if (scenario.onWorkerLoss() == OnWorkerLoss.ABORT) stop("worker " + worker.part + " was lost");
    }

    private void stop(String why) {
        if (stoppedNanos != 0) return;
        stoppedBecause = why;
        stoppedNanos = System.nanoTime();
        workers.sendToActive(new Command.Stop(why));
    }

    private boolean overdue() {
        return stoppedNanos != 0
                ? System.nanoTime() - stoppedNanos > limits.stop.toNanos()
                : now() > durationMs * 1_000_000 + limits.late.toNanos() * 6 / 5;
    }

    /** Why the run ended early, as a phrase; empty if it did not. */
    private String cutShort() {
        String at = "after " + Format.time(mergedMs) + " of " + Format.time(durationMs);
        if (!endedBy.isEmpty()) return "ended " + at + " by " + endedBy;
        if (!stoppedBecause.isEmpty()) return stoppedBecause + " " + at;
        return mergedMs < durationMs ? "ended " + at + " by the loss of workers" : "";
    }

    private RunEnd conclude() {
        String cutShort = cutShort();
        long succeeded = metrics.total(Metric.UPLOAD_SUCCEEDED);
        long failed = metrics.total(Metric.UPLOAD_FAILED);
        long started = metrics.total(Metric.UPLOAD_STARTED);
        List<Invariant> blind = Arrays.stream(Invariant.values())
                .filter(invariant -> unwatched.contains(invariant.label()))
                .toList();
        return evaluation.conclude(
                cutShort,
                "",
                LongStream.of(eventsFired).sum(),
                started + " started, " + succeeded + " succeeded, " + failed + " failed",
                InvariantResults.of(violations).check(scenario.invariants(), blind, exempt(), cutShort),
                new Health());
    }

    /** Invariants that no part watches. */
    private List<Invariant> exempt() {
        EnumSet<Invariant> exempt = EnumSet.noneOf(Invariant.class);
        exempt.addAll(scenario.exemptInvariants());
        if (scenario.network().keepsDeadConnections()) exempt.add(Invariant.CONNECTIONS_RELEASED);
        if (workers.all().size() > 1) exempt.add(Invariant.CHUNKS_READABLE);
        return List.copyOf(exempt);
    }

    private final class Health implements HarnessHealth {
        @Override
        public List<HealthResult> before(List<String> blamed) {
            List<HealthResult> results = new ArrayList<>();
            results.add(saturation.result(missed.blamed(blamed)));
            LostWorkers.of(rows(), scenario.onWorkerLoss() == OnWorkerLoss.CONTINUE)
                    .ifPresent(results::add);
            missed.result().ifPresent(results::add);
            return results;
        }

        @Override
        public List<HealthResult> after() {
            return health.isEmpty()
                    ? List.of()
                    : List.of(new HealthResult("invariants-watched", true, String.join("; ", health)));
        }
    }

    private void writeWorkers() {
        writer.workers(rows());
    }

    private List<WorkerRow> rows() {
        return workers.all().stream().map(DistributedRun::row).toList();
    }

    private static WorkerRow row(WorkerRecord worker) {
        return new WorkerRow(
                worker.part,
                worker.info.machine(),
                worker.info.pid(),
                worker.info.jvm(),
                worker.info.processors(),
                worker.info.maxHeapBytes(),
                worker.nodes,
                worker.hosts,
                worker.info.addressBlock(),
                worker.systemOffsetMs,
                worker.clockErrorMs,
                worker.lostAtMs < 0 ? null : (Long) worker.lostAtMs,
                worker.lostAtMs < 0 ? null : worker.lostWhy);
    }

    private RunProgress progressNow() {
        long delivered = 0;
        long lost = 0;
        long timeouts = 0;
        long succeeded = 0;
        long failed = 0;
        int up = 0;
        int running = 0;
        for (WorkerRecord worker : workers.all()) {
            Report.Progress now = worker.progress;
            if (now == null) continue;
            delivered += now.delivered();
            lost += now.drops();
            timeouts += now.identityTimeouts();
            succeeded += now.uploadsSucceeded();
            failed += now.uploadsFailed();
            if (worker.state == WorkerState.LOST) continue;
            up += now.nodesUp();
            running += now.uploadsRunning();
        }
        return new RunProgress(
                nowNanos,
                durationMs * 1_000_000,
                up,
                delivered,
                lost,
                timeouts,
                running,
                succeeded,
                failed,
                evaluation.uploadP50Ms(),
                evaluation.uploadP95Ms(),
                evaluation.standing());
    }

    /** Messages delivered by nodes. */
    public long messagesDelivered() {
        return metrics.total(Metric.DELIVERED);
    }

    /** The time up to which the run has been evaluated, in ms. */
    public long nowMs() {
        return mergedMs;
    }

    /** The headline figures for the summary. */
    public Map<String, Double> headlines() {
        return HeadlineFigures.of(
                metrics, mergedMs / 1e3, LongStream.of(eventsFired).sum());
    }

    /** The time of the run that workers have reported. */
    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public long progress() {
        return progress;
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }
}
