package dev.kilonode.simulator.harness;

import dev.kilonode.node.StorageNode;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.simulator.metrics.Counter;
import dev.kilonode.simulator.metrics.Distribution;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.workload.UploadFleet;
import dev.kilonode.simulator.world.EndpointLock;
import dev.kilonode.simulator.world.Host;
import dev.kilonode.simulator.world.VirtualEndpoint;
import java.util.List;

/** Samples what has a level rather than happens: queue depths, tables, processors, links. Changes nothing. */
final class Levels {

    private final Testnet testnet;
    private final UploadFleet fleet;
    private final List<HostMeter> hosts;
    private final Distribution[] shardDepth;
    private final Distribution pending;
    private final Distribution nodeConnections;
    private final Distribution clientConnections;
    private final Distribution leftOver;
    private final Distribution unread;
    private final Distribution acceptsWaiting;
    private final Distribution silentAddresses;
    private final Distribution received;
    private final Distribution retrying;
    private final Distribution nodesUp;
    private final Distribution uploadsRunning;
    private final Distribution table;
    private final Distribution stored;
    private final Distribution dropsPerNode;
    private final Distribution utilisation;
    private final Distribution endpointWait;
    private final Counter starvations;
    private final Counter logLines;
    private final LockMeter[] locks;

    Levels(Testnet testnet, UploadFleet fleet, List<Host> hosts, int shards, MetricSet metrics) {
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
        unread = metrics.distribution(Metric.UNREAD, Labels.NONE);
        acceptsWaiting = metrics.distribution(Metric.ACCEPTS_WAITING, Labels.NONE);
        silentAddresses = metrics.distribution(Metric.SILENT_ADDRESSES, Labels.NONE);
        received = metrics.distribution(Metric.RECEIVE_DEPTH, Labels.of("stage", "queue"));
        retrying = metrics.distribution(Metric.RECEIVE_DEPTH, Labels.of("stage", "retrying"));
        nodesUp = metrics.distribution(Metric.NODES_UP, Labels.NONE);
        uploadsRunning = metrics.distribution(Metric.UPLOADS_RUNNING, Labels.NONE);
        table = metrics.distribution(Metric.ROUTING_TABLE, Labels.NONE);
        stored = metrics.distribution(Metric.STORED_CHUNKS, Labels.NONE);
        dropsPerNode = metrics.distribution(Metric.DROPS_PER_NODE, Labels.NONE);
        utilisation = metrics.distribution(Metric.LOCK_UTILISATION, Labels.of("lock", "peers"));
        endpointWait = metrics.distribution(Metric.ENDPOINT_LOCK_WAIT, Labels.NONE);
        starvations = metrics.counter(Metric.STARVATIONS, Labels.NONE);
        logLines = metrics.counter(Metric.LOG_LINES, Labels.NONE);
        locks = new LockMeter[testnet.members().size()];
        for (int node = 0; node < locks.length; node++) locks[node] = new LockMeter();
    }

    /** Called several times in a window. */
    void sample() {
        int up = 0;
        for (Member member : testnet.members()) {
            StorageNode node = member.node();
            VirtualEndpoint endpoint = member.endpoint();
            if (node == null || endpoint == null) continue;
            up++;
            Transport transport = node.transport();
            for (int shard = 0; shard < shardDepth.length; shard++) {
                shardDepth[shard].record(
                        shard < transport.shardCount() ? transport.shard(shard).depth() : 0);
            }
            pending.record(transport.pendingRequests());
            nodeConnections.record(endpoint.connectionsToNodes());
            clientConnections.record(endpoint.connectionsToClients());
            leftOver.record(endpoint.connectionsLeftOver());
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
        for (Member member : testnet.members()) {
            dropsPerNode.record(member.watch().drops());
            stored.record(member.store().size());
            StorageNode node = member.node();
            VirtualEndpoint endpoint = member.endpoint();
            if (node == null || endpoint == null) continue;
            table.record(node.dht().tableSize());
            locks[member.number()].read(endpoint.lock(), node.transport(), windowNanos);
            logLines.add(endpoint.takeLogLines());
        }
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
            long busyNow = host.processors().busyNanos(nowNanos);
            cpu.record((double) (busyNow - busyNanos)
                    / windowNanos
                    / host.processors().cores());
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

        void read(EndpointLock lock, Transport transport, long windowNanos) {
            if (lock.registrations() < registrations || transport.peersWriteHeldNanos() < heldNanos) {
                heldNanos = 0;
                registrations = 0;
                totalNanos = 0;
                starved = 0;
            }
            long more = lock.registrations() - registrations;
            if (more > 0) endpointWait.recordNanos((lock.totalNanos() - totalNanos) / more);
            starvations.add(lock.starvations() - starved);
            utilisation.record((double) (transport.peersWriteHeldNanos() - heldNanos) / windowNanos);
            heldNanos = transport.peersWriteHeldNanos();
            registrations = lock.registrations();
            totalNanos = lock.totalNanos();
            starved = lock.starvations();
        }
    }
}
