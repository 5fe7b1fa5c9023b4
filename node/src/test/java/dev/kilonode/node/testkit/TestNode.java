package dev.kilonode.node.testkit;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.replication.FreshReplication;
import dev.kilonode.node.replication.Replication;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.store.StoreService;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;

/** A node without transport: DHT, store and replication upon a {@link TestMessenger}. */
public final class TestNode {

    public final TestRuntime runtime;
    public final TestMessenger messenger;
    public final Dht dht;
    public final ChunkStore store;
    public final StoreService service;
    public final Replication upkeep;
    public final FreshReplication replication;

    public TestNode(
            TestNetwork network, TestMessenger messenger, DhtConfig config, ReplicationConfig replicationConfig) {
        this(network, messenger, config, replicationConfig, NodeObserver.NONE, new Bytes(1 << 30), false);
    }

    public TestNode(
            TestNetwork network,
            TestMessenger messenger,
            DhtConfig config,
            ReplicationConfig replicationConfig,
            NodeObserver observer,
            Bytes capacity,
            boolean client) {
        this.runtime = network.newRuntime();
        this.messenger = messenger;
        this.dht = new Dht(runtime, messenger, config, TestConfigs.identity(), observer, client);
        this.store = new ChunkStore(capacity, null, observer);
        this.upkeep = new Replication(runtime, messenger, dht, store, replicationConfig, observer);
        this.replication = upkeep.fresh();
        this.service = new StoreService(runtime, messenger, store, replication);
    }

    /** Gives it a chunk, as if a client had. */
    public void hold(Chunk chunk) {
        store.put(runtime, chunk, admission -> {});
    }

    public PeerRecord record() {
        return messenger.self();
    }

    /** So many nodes, each connected to all others. */
    public static List<TestNode> mesh(TestNetwork network, int count, DhtConfig config) {
        List<TestNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new TestNode(network, network.newPeer(false), config, TestConfigs.replication(64)));
        }
        network.linkAll();
        return nodes;
    }
}
