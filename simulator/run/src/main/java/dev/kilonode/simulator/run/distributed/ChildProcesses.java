package dev.kilonode.simulator.run.distributed;

import org.jspecify.annotations.Nullable;

/** Workers that are child processes of the coordinator, which knows at once when one of them ends. */
public interface ChildProcesses {

    /** There are none: others start the workers. */
    ChildProcesses NONE = new ChildProcesses() {
        @Override
        public @Nullable String anyEnded() {
            return null;
        }

        @Override
        public @Nullable String ended(long pid) {
            return null;
        }

        @Override
        public void kill(long pid) {}
    };

    /** What became of a child that has ended, with the end of its log; null if all run. */
    @Nullable
    String anyEnded();

    /** How the child with a process id ended; null if it runs, or is no child. */
    @Nullable
    String ended(long pid);

    /** Ends a child at once; does nothing if it is none. */
    void kill(long pid);
}
