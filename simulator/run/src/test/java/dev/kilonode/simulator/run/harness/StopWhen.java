package dev.kilonode.simulator.run.harness;

import java.util.function.Predicate;

/** Stops a run as soon as it has shown what is wanted: a busy machine takes longer, and no shorter run would be honest. */
final class StopWhen implements RunControl {

    private final Predicate<RunProgress> wanted;
    private boolean shown;

    StopWhen(Predicate<RunProgress> wanted) {
        this.wanted = wanted;
    }

    /** Stops after so many uploads. */
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
