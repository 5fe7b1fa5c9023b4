package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.NodeConfig;
import dev.kilonode.node.StorageNode;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.run.invariants.InvariantWatch;
import dev.kilonode.simulator.run.invariants.WatchedNode;
import dev.kilonode.simulator.run.plan.PlannedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of the network through all its lives. Address, identity and stored chunks persist; all other state starts again with each life.
 */
final class NodeSlot implements WatchedNode {

    private final PlannedNode planned;
    private final Host host;
    private int port;
    private final MessageSigner signer;
    private ChunkStore store;
    private final NodeRecorder recorder;
    private int lives;
    private @Nullable StorageNode node;
    private @Nullable NodeHandle place;
    private @Nullable InvariantWatch watch;

    NodeSlot(PlannedNode planned, Host host, MessageSigner signer, ChunkStore store, NodeRecorder recorder) {
        this.planned = planned;
        this.host = host;
        this.port = planned.port();
        this.signer = signer;
        this.store = store;
        this.recorder = recorder;
    }

    @Override
    public int number() {
        return planned.number();
    }

    PlannedNode planned() {
        return planned;
    }

    Host host() {
        return host;
    }

    NodeRecorder recorder() {
        return recorder;
    }

    @Override
    public ChunkStore store() {
        return store;
    }

    @Override
    public PeerId id() {
        return signer.self();
    }

    @Override
    public @Nullable Transport transport() {
        return node == null ? null : node.transport();
    }

    PeerRecord record() {
        return new PeerRecord(signer.self(), new NodeAddress(host.ip(), port));
    }

    /** From its next life on it is watched by {@code watch}. */
    void watchedBy(InvariantWatch watch) {
        this.watch = watch;
    }

    /** Lives so far. */
    int lives() {
        return lives;
    }

    /** The current life, or null while the node is down. */
    @Nullable
    StorageNode node() {
        return node;
    }

    /** The world's handle of the current life. */
    @Override
    public @Nullable NodeHandle place() {
        return place;
    }

    /** Gives its next life a port that no node of this host uses or has used recently. */
    void move() {
        port = PlannedNode.portAfterMove(port);
    }

    /** Starts a life. Does nothing if the node is running. */
    void start(NodeConfig config, List<PeerRecord> bootstraps) {
        if (node != null) return;
        PeerId self = signer.self();
        if (lives > 0) store = store.afterRestart();
        NodeHandle place = host.addNode(port, Identities.spec(planned.name() + "/life-" + lives++, signer, false));
        StorageNode life = new StorageNode(place.runtime(), place.endpoint(), signer, config, store, recorder);
        node = life;
        this.place = place;
        if (watch != null) watch.begun(this);
        List<PeerRecord> others =
                bootstraps.stream().filter(peer -> !peer.id().equals(self)).toList();
        life.start(others, () -> {});
    }

    /** Ends the current life. Does nothing if the node is down. */
    void stop(boolean abrupt) {
        if (node == null) return;
        node.stop(abrupt);
        if (watch != null) watch.ended(this);
        node = null;
        place = null;
    }
}
