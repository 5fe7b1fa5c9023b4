package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.UploadRow;
import java.nio.file.Path;

/** Receives what a part of a run writes beside its metrics. On the run's thread. */
public interface PartOutput {

    void event(EventRow event);

    void upload(UploadRow upload);

    /** Sets the source of the drops; called once, before the run. */
    void drops(DropSource drops);

    /** The folder in which nodes may store chunks. */
    Path directory();
}
