package dev.kilonode.simulator.run.workload;

import dev.kilonode.node.upload.UploadResult;
import org.jspecify.annotations.Nullable;

/**
 * Receives every upload when it starts and ends, and at the end of the run those that are still running. Times are in ns of the run's
 * clock.
 */
public interface UploadObserver {

    void uploadStarted();

    /** An upload was due while too many were waiting. It will not take place. */
    void uploadMissed();

    /** @param result null for an upload that is still running at the end of the run; {@code endNanos} then has no meaning */
    void uploadEnded(
            long upload,
            int uploader,
            long intendedNanos,
            long startNanos,
            long endNanos,
            int chunks,
            @Nullable UploadResult result);
}
