package dev.kilonode.simulator.run.distributed;

/** A worker cannot go on with its part. */
public final class WorkerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** @param exitCode the exit code that the failure has in a run of one process */
    public WorkerFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
