package dev.kilonode.simulator.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request to stop a run soon. Set by any thread, polled by the run. */
public final class StopSignal {

    /**
     * Window in which a second signal counts as the same request: the terminal signals both the launcher and this process, and the
     * launcher forwards it; timeout(1) signals a process and its group.
     */
    private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AtomicLong requestedNanos = new AtomicLong();
    private final AtomicReference<@Nullable ExitCode> cause = new AtomicReference<>();

    public boolean requested() {
        return cause.get() != null;
    }

    /** The cause: {@link ExitCode#INTERRUPTED} or {@link ExitCode#TERMINATED}; null before a request. */
    public @Nullable ExitCode cause() {
        return cause.get();
    }

    /**
     * Requests a stop.
     *
     * @return whether this was the first request
     */
    public boolean request(ExitCode why) {
        requestedNanos.compareAndSet(0, System.nanoTime() | 1); // 0 means never
        return cause.compareAndSet(null, why);
    }

    /** Whether the first request was a moment ago, so that another one is its duplicate. */
    public boolean justRequested() {
        return System.nanoTime() - requestedNanos.get() < ECHO_NANOS;
    }
}
