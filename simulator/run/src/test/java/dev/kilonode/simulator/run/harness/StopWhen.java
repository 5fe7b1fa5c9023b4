package dev.kilonode.simulator.run.harness;

import java.util.function.Predicate;

/** Stops a run as soon as a condition holds. A busy machine takes longer, so that a fixed duration would be too short or too long. */
final class StopWhen implements RunControl {

    private final Predicate<RunProgress> wanted;
    private boolean shown;

    StopWhen(Predicate<RunProgress> wanted) {
        this.wanted = wanted;
    }

    /** Stops after {@code uploads} uploads. */
    static StopWhen uploaded(long uploads) {
        return new StopWhen(progress -> progress.uploadsSucceeded() >= uploads);
    }

    @Override
    public void progress(RunProgress progress) {
        shown = wanted.test(progress);
    }

    @Override
    public boolean stopRequested() {
        return shown;
    }
}
