package dev.kilonode.node.upload;

/** Gets the result of an upload, once. */
public interface UploadListener {
    void uploadEnded(UploadResult result);
}
