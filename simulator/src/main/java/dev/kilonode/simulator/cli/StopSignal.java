package dev.kilonode.simulator.cli;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says that a run should stop soon. Set by any thread, polled by the run. */
public final class StopSignal {
    private final AtomicReference<@Nullable ExitCode> cause = new AtomicReference<>();

    public boolean requested() {
        return cause.get() != null;
    }

    /** Why: {@link ExitCode#INTERRUPTED} or {@link ExitCode#TERMINATED}; null while nothing was requested. */
    public @Nullable ExitCode cause() {
        return cause.get();
    }

    /** Returns whether this was the first request. */
    public boolean request(ExitCode why) {
        return cause.compareAndSet(null, why);
    }
}
