package dev.kilonode.simulator.run.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's side: commands to workers, and their reports. Workers have numbers from 0 on, in the order in which they joined; a
 * number is never used again. Used by one thread. Queues are bounded: a worker whose reports are not taken is held back, none is lost.
 */
public interface ControlPlane extends AutoCloseable {

    /** A report, and the worker that made it. */
    record FromWorker(int worker, Report report) {}

    /** The address at which workers join, as HOST:PORT. */
    String address();

    /** Sends a command. It has no effect if the worker is lost. */
    void send(int worker, Command command);

    /**
     * The next report, in the order of arrival. The first of a worker is {@link Report.Joined}, the last {@link Report.Lost}.
     *
     * @return null if there is none within {@code atMost}
     */
    @Nullable
    FromWorker poll(Duration atMost) throws InterruptedException;

    /** What the control plane has cost this process so far. */
    ControlCost cost();

    /** Leaves. Workers that have not been told to finish lose their coordinator. Waits until commands have been sent, 5 s at most. */
    @Override
    void close();
}
