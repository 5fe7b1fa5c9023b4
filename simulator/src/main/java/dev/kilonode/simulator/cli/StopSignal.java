package dev.kilonode.simulator.cli;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says that a run should stop soon. Set by any thread, polled by the run. */
public final class StopSignal {
    private final AtomicReference<@Nullable ExitCode> cause = new AtomicReference<>();
    private volatile @Nullable Console process;

    public boolean requested() {
        return cause.get() != null;
    }

    /** Why: {@link ExitCode#INTERRUPTED} or {@link ExitCode#TERMINATED}; null while nothing was requested. */
    public @Nullable ExitCode cause() {
        return cause.get();
    }

    /** The run is what this process is for, so that it may be ended where the run hangs. */
    void process(Console console) {
        process = console;
    }

    /** Null inside another program. */
    @Nullable
    Console process() {
        return process;
    }

    /** Returns whether this was the first request. */
    public boolean request(ExitCode why) {
        return cause.compareAndSet(null, why);
    }
}
