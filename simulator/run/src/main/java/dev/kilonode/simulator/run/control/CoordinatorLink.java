package dev.kilonode.simulator.run.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The worker's side: reports to the coordinator, and its commands. Used by one thread; {@link #send} by any. */
public interface CoordinatorLink extends AutoCloseable {

    /** Sends a report. It has no effect if the coordinator is lost. */
    void send(Report report);

    /**
     * The next command, in the order of arrival. The last is {@link Command.CoordinatorLost}, if the coordinator goes before it is left.
     *
     * @return null if there is none within {@code atMost}
     */
    @Nullable
    Command poll(Duration atMost) throws InterruptedException;

    /** What the control plane has cost this process so far. */
    ControlCost cost();

    /** Leaves. Waits until reports have been sent, 5 s at most. */
    @Override
    void close();
}
