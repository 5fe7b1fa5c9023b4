package dev.kilonode.simulator.run.workload;

import dev.kilonode.node.upload.UploadResult;

/** Creates clients: each upload uses a new client with its own identity. */
public interface ClientSource {

    /**
     * Starts a client on the host of {@code uploader} and lets it upload one file.
     *
     * @param upload number of the upload, for its name and its random stream
     * @param listener receives the result, while the client is still connected
     */
    Client upload(int uploader, long upload, Listener listener);

    /** Receives the result of one upload, on the thread of the harness. */
    @FunctionalInterface
    interface Listener {

        /** @param endNanos when it ended; the harness may hear of it later */
        void uploadEnded(UploadResult result, long endNanos);
    }

    /** A client with an upload in progress. */
    interface Client {

        /** The number of chunks of its file. */
        int chunks();

        /**
         * Stops the client.
         *
         * @param abrupt without closing its connections
         */
        void stop(boolean abrupt);
    }
}
