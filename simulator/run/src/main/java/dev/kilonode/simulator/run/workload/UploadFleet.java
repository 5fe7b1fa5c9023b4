package dev.kilonode.simulator.run.workload;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedUploader;
import dev.kilonode.simulator.scenario.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * The uploaders on the hosts of this process.
 *
 * <p>Invariant: due == started + missed + waiting, and started == succeeded + failed + running.
 */
public final class UploadFleet {

    private final Part part;
    private final List<UploadLoop> loops = new ArrayList<>();
    private long due;
    private long missed;
    private long started;
    private long succeeded;
    private long failed;
    private int running;

    /**
     * @param part the part of the run that this process executes
     * @param uploaders those on the hosts of this process
     */
    public UploadFleet(
            Engine engine,
            Part part,
            List<PlannedUploader> uploaders,
            Workload workload,
            Seeds seeds,
            ClientSource clients,
            UploadObserver observer) {
        this.part = part;
        Schedule schedule = new Schedule(workload.phases(), workload.uploaders().count());
        for (PlannedUploader uploader : uploaders) {
            engine.checkpoint();
            loops.add(new UploadLoop(this, uploader, engine, workload.uploaders(), schedule, seeds, clients, observer));
        }
    }

    /** Schedules the first upload of every uploader. */
    public void start() {
        loops.forEach(UploadLoop::start);
    }

    /** Reports the running uploads. Called once, at the end of the run. */
    public void reportRunning() {
        loops.forEach(UploadLoop::reportRunning);
    }

    public long started() {
        return started;
    }

    public long succeeded() {
        return succeeded;
    }

    public long failed() {
        return failed;
    }

    public int running() {
        return running;
    }

    /** Uploads that are due and wait for a running upload of the same uploader. */
    public int waiting() {
        int waiting = 0;
        for (UploadLoop loop : loops) waiting += loop.waiting();
        return waiting;
    }

    public boolean invariantsHold() {
        return due == started + missed + waiting() && started == succeeded + failed + running;
    }

    @Override
    public String toString() {
        return due + " due = " + started + " started + " + missed + " missed + " + waiting() + " waiting; " + started
                + " started = " + succeeded + " succeeded + " + failed + " failed + " + running + " running";
    }

    void fellDue() {
        due++;
    }

    void missed() {
        missed++;
    }

    /** Assigns the number of the upload that starts now, which no other process of the run assigns. */
    long begun() {
        running++;
        return part.unique(started++);
    }

    void ended(boolean success) {
        running--;
        if (success) succeeded++;
        else failed++;
    }
}
