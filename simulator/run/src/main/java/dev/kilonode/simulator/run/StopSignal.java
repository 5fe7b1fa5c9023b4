package dev.kilonode.simulator.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says that a run should stop soon. Set by any thread, polled by the run. */
public final class StopSignal {

    /** The terminal tells the launcher and us, who tells us again; timeout(1) tells a process and its group. */
    private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AtomicLong requestedNanos = new AtomicLong();
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
        requestedNanos.compareAndSet(0, System.nanoTime() | 1); // 0 is for never
        return cause.compareAndSet(null, why);
    }

    /** Whether the first request was but a moment ago, so that another one is the same, told twice. */
    public boolean justRequested() {
        return System.nanoTime() - requestedNanos.get() < ECHO_NANOS;
    }
}
