package dev.kilonode.simulator.run.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's side: commands to workers, and their reports. Workers have numbers from 0 on, in the order in which they joined; a
 * number is never used again. Used by one thread. Queues are bounded: a worker whose reports are not taken is held back, none is lost.
 */
public interface ControlPlane extends AutoCloseable {

    /** A worker that has not taken this many commands is lost: a coordinator waits for no worker. */
    int MOST_UNTAKEN_COMMANDS = 256;

    /** Why such a worker is lost. */
    String UNTAKEN_COMMANDS =
            "it has not taken the last " + MOST_UNTAKEN_COMMANDS + " commands: its process lives, but does not work";

    /** Why a worker that closes its link before it is told to is lost. */
    String LEFT = "it left before it was told to finish";

    /** A report, and the worker that made it. */
    record FromWorker(int worker, Report report) {}

    /** The address at which workers join, as HOST:PORT. */
    String address();

    /** Sends a command, without waiting. It has no effect if the worker is lost. */
    void send(int worker, Command command);

    /**
     * The next report, in the order of arrival. The first of a worker is {@link Report.Joined}. The last is {@link Report.Lost}, unless the
     * worker was told to finish or was refused before it went.
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
