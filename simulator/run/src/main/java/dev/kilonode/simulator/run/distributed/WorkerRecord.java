package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import org.jspecify.annotations.Nullable;

/** What the coordinator knows of a worker. One thread. */
final class WorkerRecord {

    /** Its number on the control plane. */
    final int member;

    final WorkerInfo info;
    final ClockOffset clock = new ClockOffset();
    WorkerState state = WorkerState.JOINED;

    /** The number of its part, from 0; -1 before it has one. */
    int part = -1;

    int nodes;
    int hosts;

    /** When it was heard last, on the clock of {@link System#nanoTime}. */
    long heardNanos;

    /** The number of windows that it has reported. */
    int windows;

    Report.@Nullable Progress progress;
    /** Its system clock less the coordinator's, measured before the run, and the greatest error of that. */
    double systemOffsetMs;

    double clockErrorMs;

    /** When it was lost, in ms since the start of the run; -1 if it was not. */
    long lostAtMs = -1;

    String lostWhy = "";

    WorkerRecord(int member, WorkerInfo info) {
        this.member = member;
        this.info = info;
    }

    /** Whether it has reports to come. */
    boolean isActive() {
        return state != WorkerState.ENDED && state != WorkerState.LOST;
    }

    /** {@code worker 2 (process 4711 on build-1)}. */
    @Override
    public String toString() {
        return (part < 0 ? "a worker" : "worker " + part) + " (process " + info.pid() + " on " + info.machine() + ")";
    }
}
