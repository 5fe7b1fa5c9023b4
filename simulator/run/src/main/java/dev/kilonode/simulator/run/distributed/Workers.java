package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.ControlPlane.FromWorker;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workers of a run, and what the coordinator has heard from them. It takes the reports that tell of a worker itself. One thread. */
final class Workers {

    private final ControlPlane plane;
    private final String build;
    private final Map<Integer, WorkerRecord> byMember = new LinkedHashMap<>();
    private final List<WorkerRecord> byPart = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /** @param build the coordinator's; workers of another are refused */
    Workers(ControlPlane plane, String build) {
        this.plane = plane;
        this.build = build;
    }

    /** A report of a worker that has a part, and what it was. */
    record Heard(WorkerRecord worker, Report report) {}

    /**
     * Takes the next report.
     *
     * @return null if there was none in time, or if it needs no more than has been done
     */
    @Nullable
    Heard take(Duration atMost) throws InterruptedException {
        FromWorker from = plane.poll(atMost);
        if (from == null) return null;
        Report report = from.report();
        if (report instanceof Report.Joined joined) {
            join(from.worker(), joined.worker());
            return null;
        }
        WorkerRecord worker = byMember.get(from.worker());
        if (worker == null || worker.state == WorkerState.LOST) return null;
        long nowNanos = System.nanoTime();
        // The thread of the commands answers a ping also while the part hangs.
        boolean lives = worker.state != WorkerState.RUNNING || !(report instanceof Report.Pong);
        if (lives) worker.heardNanos = nowNanos;
        if (report instanceof Report.Pong pong) {
            worker.clock.exchanged(
                    pong.sentNanos(),
                    nowNanos,
                    pong.workerNanos(),
                    System.currentTimeMillis(),
                    pong.workerUnixMillis());
        } else if (report instanceof Report.Prepared prepared) {
            worker.nodes = prepared.nodes();
            worker.hosts = prepared.hosts();
            worker.state = WorkerState.PREPARED;
        } else if (report instanceof Report.Lost && worker.part < 0) {
            byMember.remove(from.worker());
        }
        return new Heard(worker, report);
    }

    private void join(int member, WorkerInfo info) {
        if (!info.build().equals(build)) {
            refuse(
                    member,
                    "it is built from " + info.build() + ", this coordinator from " + build
                            + "; install the same build on all machines",
                    info);
        } else if (!byPart.isEmpty()) {
            refuse(member, "the run has all its workers; start it again for the next run", info);
        } else {
            WorkerRecord worker = new WorkerRecord(member, info);
            worker.heardNanos = System.nanoTime();
            byMember.put(member, worker);
        }
    }

    private void refuse(int member, String why, WorkerInfo info) {
        plane.send(member, new Command.Refuse(why));
        refusals.add("refused the worker of process " + info.pid() + " on " + info.machine() + ": " + why);
    }

    /** What was refused since the last call, a line for each. */
    List<String> takeRefusals() {
        List<String> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }

    /** The number of workers that have joined. */
    int joined() {
        return byMember.size();
    }

    /**
     * Gives parts to the first workers, ordered by their machines, so that a worker's part does not depend on who was faster. The others are
     * refused.
     */
    void divide(int parts) {
        List<WorkerRecord> first = new ArrayList<>(byMember.values()).subList(0, parts);
        List<WorkerRecord> ordered = new ArrayList<>(first);
        ordered.sort(Comparator.<WorkerRecord, String>comparing(worker -> worker.info.machine())
                .thenComparing(worker -> worker.info.controlAddress())
                .thenComparing(worker -> worker.info.pid()));
        for (WorkerRecord worker : List.copyOf(byMember.values())) {
            if (first.contains(worker)) continue;
            byMember.remove(worker.member);
            refuse(worker.member, "the run has all its workers; start it again for the next run", worker.info);
        }
        for (WorkerRecord worker : ordered) {
            worker.part = byPart.size();
            byPart.add(worker);
        }
    }

    /** By part. */
    List<WorkerRecord> all() {
        return byPart;
    }

    /** Those that have reports to come. */
    List<WorkerRecord> active() {
        return byPart.stream().filter(WorkerRecord::isActive).toList();
    }

    boolean all(WorkerState state) {
        return byPart.stream().allMatch(worker -> worker.state == state);
    }

    void send(WorkerRecord worker, Command command) {
        plane.send(worker.member, command);
    }

    void sendToActive(Command command) {
        for (WorkerRecord worker : active()) send(worker, command);
    }

    /** Tells every worker that the run is over. */
    void finish() {
        for (int member : byMember.keySet()) plane.send(member, new Command.Finish());
    }

    ControlPlane plane() {
        return plane;
    }
}
