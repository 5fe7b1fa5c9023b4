package dev.kilonode.node.store;

import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.io.IOException;

/** One call to a datastore, as work for the processors. */
final class DatastoreWork implements Work {

    /** The call. */
    interface Step {
        void run() throws IOException;
    }

    private final long bytes;
    private final Step step;
    private boolean failed;

    DatastoreWork(long bytes, Step step) {
        this.bytes = bytes;
        this.step = step;
    }

    @Override
    public WorkKind kind() {
        return WorkKind.CHUNK;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void compute() {
        try {
            step.run();
        } catch (IOException e) {
            failed = true;
        }
    }

    /** Whether the call failed; valid once the work is done. */
    boolean failed() {
        return failed;
    }
}
