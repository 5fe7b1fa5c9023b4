package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Makes whole runs in this worker, each in a process of its own. */
public interface RunMaker {

    /**
     * Makes a run and sends its results, or ends it at once if it is told to stop.
     *
     * @param scenario the file of the scenario, in a folder of its own for all that the run writes
     * @param stop whether nobody waits for the result any more
     */
    void make(Command.Make run, Path scenario, CoordinatorLink link, BooleanSupplier stop)
            throws IOException, InterruptedException;
}
