package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.StorageNode;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.run.workload.UploadFleet;
import java.util.List;

/** Samples gauges: queue depths, tables, processors, links. It changes nothing in the run. */
final class GaugeSampler {

    private static final int NODE = Dimension.ORIGIN.indexOf("node");
    private static final int CLIENT = Dimension.ORIGIN.indexOf("client");
    private static final int LEFT_OVER = Dimension.ORIGIN.indexOf("left-over");
    private static final int QUEUE = Dimension.RECEIVE_STAGE.indexOf("queue");
    private static final int RETRYING = Dimension.RECEIVE_STAGE.indexOf("retrying");

    private final NodeFleet testnet;
    private final UploadFleet fleet;
    private final List<HostMeter> hosts;
    private final int shards;
    private final MetricSet metrics;
    private final LockMeter[] locks;

    /** @param metrics a set that contains the metrics of the harness */
    GaugeSampler(NodeFleet testnet, UploadFleet fleet, List<? extends Host> hosts, int shards, MetricSet metrics) {
        this.testnet = testnet;
        this.fleet = fleet;
        this.hosts = hosts.stream().map(host -> new HostMeter(host, metrics)).toList();
        this.shards = shards;
        this.metrics = metrics;
        locks = new LockMeter[testnet.count()];
        for (int node = 0; node < locks.length; node++) locks[node] = new LockMeter();
    }

    /** Called several times in a window. */
    void sample() {
        int up = 0;
        for (NodeSlot member : testnet.members()) {
            StorageNode node = member.node();
            NodeHandle place = member.place();
            if (node == null || place == null) continue;
            up++;
            Transport transport = node.transport();
            for (int shard = 0; shard < shards; shard++) {
                metrics.record(
                        Metric.SHARD_DEPTH,
                        shard,
                        shard < transport.shardCount() ? transport.shard(shard).depth() : 0);
            }
            metrics.record(Metric.REQUESTS_PENDING, transport.pendingRequests());
            metrics.record(Metric.CONNECTIONS, NODE, place.connectionsToNodes());
            metrics.record(Metric.CONNECTIONS, CLIENT, place.connectionsToClients());
            metrics.record(Metric.CONNECTIONS, LEFT_OVER, place.connectionsLeftOver());
            metrics.record(Metric.PEERS, transport.peerCount());
            metrics.record(Metric.UNREAD, transport.unreadConnections());
            metrics.record(Metric.ACCEPTS_WAITING, transport.acceptsWaiting());
            metrics.record(Metric.SILENT_ADDRESSES, transport.silentAddresses());
            metrics.record(Metric.RECEIVE_DEPTH, QUEUE, transport.receiveDepth());
            metrics.record(Metric.RECEIVE_DEPTH, RETRYING, transport.receiveRetries());
        }
        metrics.record(Metric.NODES_UP, up);
        metrics.record(Metric.UPLOADS_RUNNING, fleet.running());
    }

    /** Called once, before a window of {@code windowNanos} closes. */
    void closeWindow(long nowNanos, long windowNanos) {
        for (HostMeter host : hosts) host.read(nowNanos, windowNanos);
        for (NodeSlot member : testnet.members()) {
            metrics.record(Metric.DROPS_PER_NODE, member.recorder().drops());
            metrics.record(Metric.STORED_CHUNKS, member.store().size());
            StorageNode node = member.node();
            NodeHandle place = member.place();
            if (node == null || place == null) continue;
            metrics.record(Metric.ROUTING_TABLE, node.dht().tableSize());
            recordAddresses(node);
            metrics.record(Metric.REMEMBERED_ADDRESSES, place.addressesRemembered());
            metrics.record(Metric.PAID_CHUNKS, node.replication().paidChunks());
            metrics.record(Metric.KEYS_WAITING, node.replication().keysWaiting());
            locks[member.number()].read(place, node.transport(), windowNanos);
        }
    }

    private void recordAddresses(StorageNode node) {
        int all = 0;
        int dead = 0;
        for (PeerRecord peer :
                node.dht().closest(node.transport().self().id(), node.dht().tableSize())) {
            all += 1 + peer.former().size();
            if (!testnet.isAlive(peer.address())) dead++;
            for (NodeAddress former : peer.former()) {
                if (!testnet.isAlive(former)) dead++;
            }
        }
        metrics.record(Metric.ADDRESSES, all);
        metrics.record(Metric.DEAD_ADDRESSES, dead);
    }

    /** Converts the cumulative counters of one host to rates. */
    private static final class HostMeter {

        private final Host host;
        private final MetricSet metrics;
        private long busyNanos;
        private long upBytes;
        private long downBytes;

        HostMeter(Host host, MetricSet metrics) {
            this.host = host;
            this.metrics = metrics;
        }

        void read(long nowNanos, long windowNanos) {
            long busyNow = host.busyNanos(nowNanos);
            if (busyNow >= 0) {
                metrics.record(
                        Metric.HOST_CPU,
                        (double) (busyNow - busyNanos)
                                / windowNanos
                                / host.group().cores());
            }
            metrics.record(Metric.HOST_UP, (host.bytesUp() - upBytes) * 1e9 / windowNanos);
            metrics.record(Metric.HOST_DOWN, (host.bytesDown() - downBytes) * 1e9 / windowNanos);
            busyNanos = busyNow;
            upBytes = host.bytesUp();
            downBytes = host.bytesDown();
        }
    }

    /** Converts the cumulative counters of one node's locks to gauges; starts again with each life of the node. */
    private final class LockMeter {

        private long registrations;
        private long totalNanos;
        private long starved;
        private long heldNanos;
        private long logged;

        void read(NodeHandle place, Transport transport, long windowNanos) {
            if (place.registrations() < registrations || transport.peersWriteHeldNanos() < heldNanos) {
                heldNanos = 0;
                registrations = 0;
                totalNanos = 0;
                starved = 0;
                logged = 0;
            }
            long more = place.registrations() - registrations;
            if (more > 0)
                metrics.recordNanos(Metric.ENDPOINT_LOCK_WAIT, (place.registrationNanos() - totalNanos) / more);
            metrics.add(Metric.STARVATIONS, 0, place.starvations() - starved);
            metrics.add(Metric.LOG_LINES, 0, place.logLines() - logged);
            metrics.record(
                    Metric.LOCK_UTILISATION, (double) (transport.peersWriteHeldNanos() - heldNanos) / windowNanos);
            heldNanos = transport.peersWriteHeldNanos();
            registrations = place.registrations();
            totalNanos = place.registrationNanos();
            starved = place.starvations();
            logged = place.logLines();
        }
    }
}
