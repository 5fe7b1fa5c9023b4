package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.StorageNode;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.metrics.Counter;
import dev.kilonode.simulator.metrics.Distribution;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.run.workload.UploadFleet;
import java.util.List;

/** Samples what has a level rather than happens: queue depths, tables, processors, links. Changes nothing. */
final class GaugeSampler {

    private final NodeFleet testnet;
    private final UploadFleet fleet;
    private final List<HostMeter> hosts;
    private final Distribution[] shardDepth;
    private final Distribution pending;
    private final Distribution nodeConnections;
    private final Distribution clientConnections;
    private final Distribution leftOver;
    private final Distribution peers;
    private final Distribution unread;
    private final Distribution acceptsWaiting;
    private final Distribution silentAddresses;
    private final Distribution received;
    private final Distribution retrying;
    private final Distribution nodesUp;
    private final Distribution uploadsRunning;
    private final Distribution table;
    private final Distribution stored;
    private final Distribution addresses;
    private final Distribution deadAddresses;
    private final Distribution remembered;
    private final Distribution paid;
    private final Distribution keysWaiting;
    private final Distribution dropsPerNode;
    private final Distribution utilisation;
    private final Distribution endpointWait;
    private final Counter starvations;
    private final Counter logLines;
    private final LockMeter[] locks;

    GaugeSampler(NodeFleet testnet, UploadFleet fleet, List<? extends Host> hosts, int shards, MetricSet metrics) {
        this.testnet = testnet;
        this.fleet = fleet;
        Distribution cpu = metrics.distribution(Metric.HOST_CPU, Labels.NONE);
        Distribution up = metrics.distribution(Metric.HOST_UP, Labels.NONE);
        Distribution down = metrics.distribution(Metric.HOST_DOWN, Labels.NONE);
        this.hosts =
                hosts.stream().map(host -> new HostMeter(host, cpu, up, down)).toList();
        shardDepth = new Distribution[shards];
        for (int shard = 0; shard < shards; shard++) {
            shardDepth[shard] = metrics.distribution(Metric.SHARD_DEPTH, Labels.of("shard", Integer.toString(shard)));
        }
        pending = metrics.distribution(Metric.REQUESTS_PENDING, Labels.NONE);
        nodeConnections = metrics.distribution(Metric.CONNECTIONS, Labels.of("origin", "node"));
        clientConnections = metrics.distribution(Metric.CONNECTIONS, Labels.of("origin", "client"));
        leftOver = metrics.distribution(Metric.CONNECTIONS, Labels.of("origin", "left-over"));
        peers = metrics.distribution(Metric.PEERS, Labels.NONE);
        unread = metrics.distribution(Metric.UNREAD, Labels.NONE);
        acceptsWaiting = metrics.distribution(Metric.ACCEPTS_WAITING, Labels.NONE);
        silentAddresses = metrics.distribution(Metric.SILENT_ADDRESSES, Labels.NONE);
        received = metrics.distribution(Metric.RECEIVE_DEPTH, Labels.of("stage", "queue"));
        retrying = metrics.distribution(Metric.RECEIVE_DEPTH, Labels.of("stage", "retrying"));
        nodesUp = metrics.distribution(Metric.NODES_UP, Labels.NONE);
        uploadsRunning = metrics.distribution(Metric.UPLOADS_RUNNING, Labels.NONE);
        table = metrics.distribution(Metric.ROUTING_TABLE, Labels.NONE);
        stored = metrics.distribution(Metric.STORED_CHUNKS, Labels.NONE);
        addresses = metrics.distribution(Metric.ADDRESSES, Labels.NONE);
        deadAddresses = metrics.distribution(Metric.DEAD_ADDRESSES, Labels.NONE);
        remembered = metrics.distribution(Metric.REMEMBERED_ADDRESSES, Labels.NONE);
        paid = metrics.distribution(Metric.PAID_CHUNKS, Labels.NONE);
        keysWaiting = metrics.distribution(Metric.KEYS_WAITING, Labels.NONE);
        dropsPerNode = metrics.distribution(Metric.DROPS_PER_NODE, Labels.NONE);
        utilisation = metrics.distribution(Metric.LOCK_UTILISATION, Labels.of("lock", "peers"));
        endpointWait = metrics.distribution(Metric.ENDPOINT_LOCK_WAIT, Labels.NONE);
        starvations = metrics.counter(Metric.STARVATIONS, Labels.NONE);
        logLines = metrics.counter(Metric.LOG_LINES, Labels.NONE);
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
            for (int shard = 0; shard < shardDepth.length; shard++) {
                shardDepth[shard].record(
                        shard < transport.shardCount() ? transport.shard(shard).depth() : 0);
            }
            pending.record(transport.pendingRequests());
            nodeConnections.record(place.connectionsToNodes());
            clientConnections.record(place.connectionsToClients());
            leftOver.record(place.connectionsLeftOver());
            peers.record(transport.peerCount());
            unread.record(transport.unreadConnections());
            acceptsWaiting.record(transport.acceptsWaiting());
            silentAddresses.record(transport.silentAddresses());
            received.record(transport.receiveDepth());
            retrying.record(transport.receiveRetries());
        }
        nodesUp.record(up);
        uploadsRunning.record(fleet.running());
    }

    /** Called once, before a window of {@code windowNanos} closes. */
    void closeWindow(long nowNanos, long windowNanos) {
        for (HostMeter host : hosts) host.read(nowNanos, windowNanos);
        for (NodeSlot member : testnet.members()) {
            dropsPerNode.record(member.watch().drops());
            stored.record(member.store().size());
            StorageNode node = member.node();
            NodeHandle place = member.place();
            if (node == null || place == null) continue;
            table.record(node.dht().tableSize());
            recordAddresses(node);
            remembered.record(place.addressesRemembered());
            paid.record(node.replication().paidChunks());
            keysWaiting.record(node.replication().keysWaiting());
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
        addresses.record(all);
        deadAddresses.record(dead);
    }

    /** Turns the growing sums of one host into rates. */
    private static final class HostMeter {

        private final Host host;
        private final Distribution cpu;
        private final Distribution up;
        private final Distribution down;
        private long busyNanos;
        private long upBytes;
        private long downBytes;

        HostMeter(Host host, Distribution cpu, Distribution up, Distribution down) {
            this.host = host;
            this.cpu = cpu;
            this.up = up;
            this.down = down;
        }

        void read(long nowNanos, long windowNanos) {
            long busyNow = host.busyNanos(nowNanos);
            if (busyNow >= 0) {
                cpu.record((double) (busyNow - busyNanos)
                        / windowNanos
                        / host.group().cores());
            }
            up.record((host.bytesUp() - upBytes) * 1e9 / windowNanos);
            down.record((host.bytesDown() - downBytes) * 1e9 / windowNanos);
            busyNanos = busyNow;
            upBytes = host.bytesUp();
            downBytes = host.bytesDown();
        }
    }

    /** Turns the growing sums of one node's locks into levels; begins anew with each life of the node. */
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
            if (more > 0) endpointWait.recordNanos((place.registrationNanos() - totalNanos) / more);
            starvations.add(place.starvations() - starved);
            logLines.add(place.logLines() - logged);
            utilisation.record((double) (transport.peersWriteHeldNanos() - heldNanos) / windowNanos);
            heldNanos = transport.peersWriteHeldNanos();
            registrations = place.registrations();
            totalNanos = place.registrationNanos();
            starved = place.starvations();
            logged = place.logLines();
        }
    }
}
