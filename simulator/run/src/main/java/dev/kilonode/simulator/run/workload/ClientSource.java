package dev.kilonode.simulator.run.workload;

import dev.kilonode.node.upload.UploadListener;

/** Makes clients: each upload is a fresh one, with an identity of its own. */
public interface ClientSource {

    /**
     * Starts a client on the host of {@code uploader} and has it upload one file.
     *
     * @param upload number of the upload, for its name and its chance
     * @param listener told how it ended; the client is still connected then
     */
    Client upload(int uploader, long upload, UploadListener listener);

    /** A client that is uploading. */
    interface Client {

        /** Chunks its file was cut into. */
        int chunks();

        /** Ends it. @param abrupt without closing its connections */
        void stop(boolean abrupt);
    }
}
