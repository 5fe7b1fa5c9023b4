package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.run.harness.RunProgress;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Lets the coordinator of a part stop it, and reports its progress once a second. */
final class WorkerControl implements RunControl {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CoordinatorLink link;
    private volatile String why = "";
    private volatile boolean lost;
    private volatile @Nullable Engine engine;
    private volatile IntConsumer partLost = part -> {};
    private long reportedNanos = Long.MIN_VALUE;

    WorkerControl(CoordinatorLink link) {
        this.link = link;
    }

    /** Sets the engine of the part, which a command to end interrupts. */
    void engine(Engine running) {
        engine = running;
        if (stopRequested()) running.interrupt();
    }

    /** Sets what happens when another part of the run is lost; called on the thread of the commands. */
    void onPartLost(IntConsumer then) {
        partLost = then;
    }

    /** Any thread. */
    void command(Command command) {
        if (command instanceof Command.Stop stop) why = stop.why();
        else if (command instanceof Command.PartLost gone) partLost.accept(gone.part());
        else if (command instanceof Command.Finish) why = "the run is over";
        else if (command instanceof Command.Refuse refuse) why = refuse.why();
        else if (command instanceof Command.CoordinatorLost end) {
            lost = true;
            why = end.why();
        }
        Engine running = engine;
        if (running != null && stopRequested()) running.interrupt();
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public boolean stopRequested() {
        return !why.isEmpty();
    }

    @Override
    public String whyStopped() {
        return why;
    }

    @Override
    public void progress(RunProgress now) {
        if (now.virtualNanos() - reportedNanos < INTERVAL_NANOS && reportedNanos != Long.MIN_VALUE) return;
        reportedNanos = now.virtualNanos();
        link.send(new Report.Progress(
                now.virtualNanos() / 1_000_000,
                now.nodesUp(),
                now.messagesDelivered(),
                now.drops(),
                now.identityTimeouts(),
                now.uploadsRunning(),
                now.uploadsSucceeded(),
                now.uploadsFailed()));
    }
}
