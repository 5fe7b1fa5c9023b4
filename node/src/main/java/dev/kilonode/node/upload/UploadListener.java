package dev.kilonode.node.upload;

/** Told once how an upload ended. */
public interface UploadListener {
    void uploadEnded(UploadResult result);
}
