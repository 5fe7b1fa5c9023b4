package dev.kilonode.simulator.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ends the process of a run that does not end by itself. A run inside another program has none: that process is not ours to end. */
public interface ProcessOwner {

    /** Says how the process ends, in its last line. Takes no lock that the run may hold. */
    void say(ExitCode exit, String words, @Nullable Path report);

    /** Ends the process at once, whatever its threads do. Does not return. */
    void halt(ExitCode exit);

    /** Ends the process over {@code failure}, of which nobody could tell in other words. Does not return. */
    void halt(Throwable failure);
}
