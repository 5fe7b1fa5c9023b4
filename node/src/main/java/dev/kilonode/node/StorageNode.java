package dev.kilonode.node;

import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.replication.Replication;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.store.StoreService;
import dev.kilonode.node.transport.Sealer;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/** One life of a storage node: transport, DHT, chunk store and replication. A restart is a new life with the old store. */
public final class StorageNode {

    private final Transport transport;
    private final Dht dht;
    private final Replication replication;

    /** @param store what it holds; outlives this life */
    public StorageNode(
            NodeRuntime runtime,
            Endpoint endpoint,
            Sealer sealer,
            NodeConfig config,
            ChunkStore store,
            NodeObserver observer) {
        transport = new Transport(
                runtime, endpoint, sealer, false, config.registry(), config.transport(), config.identity(), observer);
        dht = new Dht(runtime, transport, config.dht(), config.identity(), observer, false);
        replication = new Replication(runtime, transport, dht, store, config.replication(), observer);
        new StoreService(runtime, transport, store, replication.fresh());
    }

    /** Joins the network. @param joined called once the routing table is filled */
    public void start(List<PeerRecord> bootstraps, Runnable joined) {
        dht.start(bootstraps, () -> {
            replication.start();
            joined.run();
        });
    }

    /** Ends this life. @param abrupt as a killed process, without a word to anyone */
    public void stop(boolean abrupt) {
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
