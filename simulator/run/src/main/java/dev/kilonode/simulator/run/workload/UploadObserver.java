package dev.kilonode.simulator.run.workload;

import dev.kilonode.node.upload.UploadResult;
import org.jspecify.annotations.Nullable;

/** Told of every upload as it ends, and at the end of the run of those that still go on. Times in ns of virtual time. */
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
