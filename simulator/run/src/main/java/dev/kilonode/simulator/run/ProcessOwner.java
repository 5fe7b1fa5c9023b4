package dev.kilonode.simulator.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ends the process of a run that hangs. A run inside another program has no owner, because that process is not ours to end. */
public interface ProcessOwner {

    /** Prints the last line of the process. Takes no lock that the run may hold. */
    void say(ExitCode exit, String words, @Nullable Path report);

    /** Ends the process at once, whatever its threads do. Does not return. */
    void halt(ExitCode exit);

    /** Ends the process after {@code failure}, for which no other message could be made. Does not return. */
    void halt(Throwable failure);
}
