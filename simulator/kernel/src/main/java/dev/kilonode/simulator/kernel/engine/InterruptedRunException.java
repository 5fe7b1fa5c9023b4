package dev.kilonode.simulator.kernel.engine;

/** Stops a run before it has begun, because its time limit has passed or the user has asked for it. */
public final class InterruptedRunException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InterruptedRunException() {
        super("the run is to stop");
    }
}
