package dev.kilonode.simulator.kernel.engine;

/** The run is to stop before it has begun: its time is over, or somebody has asked for it. */
public final class InterruptedRunException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InterruptedRunException() {
        super("the run is to stop");
    }
}
