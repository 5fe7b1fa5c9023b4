package dev.kilonode.node;

import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.replication.Replication;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.store.StoreService;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/** One life of a storage node: transport, DHT, chunk store and replication. A restart is a new life with what the old one stored. */
public final class StorageNode {

    private final Transport transport;
    private final Dht dht;
    private final Replication replication;
    private final NodeRuntime runtime;
    private final ChunkStore store;
    private boolean stopped;

    /** @param store what it holds; see {@link ChunkStore#afterRestart} */
    public StorageNode(
            NodeRuntime runtime,
            Endpoint endpoint,
            MessageSigner signer,
            NodeConfig config,
            ChunkStore store,
            NodeObserver observer) {
        this.runtime = runtime;
        this.store = store;
        transport = new Transport(
                runtime, endpoint, signer, false, config.designs(), config.transport(), config.identity(), observer);
        dht = new Dht(runtime, transport, config.dht(), config.identity(), observer, false);
        replication = new Replication(runtime, transport, dht, store, config.replication(), observer);
        new StoreService(runtime, transport, store, replication.fresh());
    }

    /** Joins the network, once it knows what it holds. @param joined called once the routing table is filled */
    public void start(List<PeerRecord> bootstraps, Runnable joined) {
        store.recover(runtime, () -> {
            if (!stopped) join(bootstraps, joined);
        });
    }

    private void join(List<PeerRecord> bootstraps, Runnable joined) {
        dht.start(bootstraps, () -> {
            replication.start();
            joined.run();
        });
    }

    /** Ends this life. @param abrupt as a killed process, without a word to anyone */
    public void stop(boolean abrupt) {
        stopped = true;
        replication.stop();
        dht.stop();
        transport.shutdown(abrupt);
    }

    public Transport transport() {
        return transport;
    }

    public Dht dht() {
        return dht;
    }

    public Replication replication() {
        return replication;
    }
}
