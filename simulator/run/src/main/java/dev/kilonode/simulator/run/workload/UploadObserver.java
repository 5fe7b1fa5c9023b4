package dev.kilonode.simulator.run.workload;

import dev.kilonode.node.upload.UploadResult;
import org.jspecify.annotations.Nullable;

/** Receives every upload when it starts and ends, and at the end of the run those that are still running. Times in ns of the run's clock. */
public interface UploadObserver {

    void uploadStarted();

    /** An upload was due while too many were waiting: it will not happen. */
    void uploadMissed();

    /** @param result null for an upload that is still running when the run ends; {@code endNanos} is then without meaning */
    void uploadEnded(
            long upload,
            int uploader,
            long intendedNanos,
            long startNanos,
            long endNanos,
            int chunks,
            @Nullable UploadResult result);
}
