package dev.kilonode.node.upload;

import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Uploads of one client. Each upload limits how many chunks it quotes and stores at the same time; the callers bound how many uploads
 * run. Runs on the node's thread.
 *
 * <p>Invariant: started = succeeded + failed + running.
 */
public final class Uploader {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final UploadConfig config;
    private final NodeObserver observer;
    private final List<UploadJob> running = new ArrayList<>();

    private boolean stopped;
    private long started;
    private long succeeded;
    private long failed;

    public Uploader(NodeRuntime runtime, Messenger messenger, Dht dht, UploadConfig config, NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.config = config;
        this.observer = observer;
    }

    /**
     * Uploads the chunks of a file; cutting and encrypting them is charged now.
     *
     * @param chunks as {@link FileChunker} makes them; at least one
     * @param listener called once with the result, never from within this call
     * @throws IllegalArgumentException if there are no chunks
     * @throws IllegalStateException if this client has been stopped
     */
    public void upload(List<Chunk> chunks, UploadListener listener) {
        if (chunks.isEmpty()) throw new IllegalArgumentException("upload: got no chunks, expected at least one");
        if (stopped) throw new IllegalStateException("upload: this client has been stopped");
        started++;
        UploadJob job = new UploadJob(this, runtime, messenger, dht, config, chunks, listener);
        running.add(job);
        job.begin();
    }

    /** Fails the uploads that are running; their listeners are called before this returns. To be called before the DHT stops. */
    public void stop() {
        stopped = true;
        for (UploadJob job : List.copyOf(running)) job.abandon("the client was stopped");
    }

    NodeObserver observer() {
        return observer;
    }

    void ended(UploadJob job, UploadResult result) {
        running.remove(job);
        if (result.succeeded()) succeeded++;
        else failed++;
    }

    public long started() {
        return started;
    }

    public long succeeded() {
        return succeeded;
    }

    public long failed() {
        return failed;
    }

    public int running() {
        return running.size();
    }

    public boolean invariantsHold() {
        return started == succeeded + failed + running.size();
    }
}
