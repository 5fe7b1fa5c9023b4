package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/** Receives what a part of a run writes beside its metrics. On the run's thread. */
public interface PartOutput {

    void event(EventRow event);

    void upload(UploadRow upload);

    /** Sets the source of the drops; called once, before the run. */
    void drops(DropSource drops);

    /** Opens the folder in which nodes store chunks; null if they keep them in memory. */
    @Nullable
    ChunkFolder openChunks(Scenario scenario);
}
