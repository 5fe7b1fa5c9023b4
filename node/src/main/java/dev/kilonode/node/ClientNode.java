package dev.kilonode.node;

import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.upload.UploadConfig;
import dev.kilonode.node.upload.Uploader;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/** One run of the upload client: a fresh identity that connects, uploads and goes. */
public final class ClientNode {

    private final Transport transport;
    private final Dht dht;
    private final Uploader uploader;

    public ClientNode(
            NodeRuntime runtime,
            Endpoint endpoint,
            MessageSigner signer,
            NodeConfig config,
            UploadConfig upload,
            NodeObserver observer) {
        transport = new Transport(
                runtime, endpoint, signer, true, config.designs(), config.transport(), config.identity(), observer);
        dht = new Dht(runtime, transport, config.dht(), config.identity(), observer, true);
        uploader = new Uploader(runtime, transport, dht, upload, observer);
    }

    /** Connects to the network. @param connected called once lookups may begin */
    public void start(List<PeerRecord> bootstraps, Runnable connected) {
        dht.start(bootstraps, connected);
    }

    public Uploader uploader() {
        return uploader;
    }

    /** Ends the client. @param abrupt as a process that just exits, without closing its connections */
    public void stop(boolean abrupt) {
        dht.stop();
        transport.shutdown(abrupt);
    }

    public Transport transport() {
        return transport;
    }
}
