package dev.kilonode.metrics;

import static dev.kilonode.metrics.Dimension.ANNOUNCE_OUTCOME;
import static dev.kilonode.metrics.Dimension.AUDIT_OUTCOME;
import static dev.kilonode.metrics.Dimension.CHUNK_LOSS;
import static dev.kilonode.metrics.Dimension.CHUNK_REFUSAL;
import static dev.kilonode.metrics.Dimension.CONNECTION_EVENT;
import static dev.kilonode.metrics.Dimension.DIALLER;
import static dev.kilonode.metrics.Dimension.DROP_CAUSE;
import static dev.kilonode.metrics.Dimension.FETCH_OUTCOME;
import static dev.kilonode.metrics.Dimension.GIVE_UP_CAUSE;
import static dev.kilonode.metrics.Dimension.INVARIANT;
import static dev.kilonode.metrics.Dimension.LAG;
import static dev.kilonode.metrics.Dimension.LINK_LOSS;
import static dev.kilonode.metrics.Dimension.LINK_REFUSAL;
import static dev.kilonode.metrics.Dimension.LOCK;
import static dev.kilonode.metrics.Dimension.MESSAGE_KIND;
import static dev.kilonode.metrics.Dimension.ORIGIN;
import static dev.kilonode.metrics.Dimension.PEERS_LOCK;
import static dev.kilonode.metrics.Dimension.RECEIVE_STAGE;
import static dev.kilonode.metrics.Dimension.REFUSAL_CAUSE;
import static dev.kilonode.metrics.Dimension.ROGUE_ACT;
import static dev.kilonode.metrics.Dimension.SHARD;
import static dev.kilonode.metrics.Dimension.SIDE;
import static dev.kilonode.metrics.Dimension.SUPPRESSED_EVENT;
import static dev.kilonode.metrics.Dimension.SYNC_OUTCOME;
import static dev.kilonode.metrics.Dimension.VERIFY_OUTCOME;
import static dev.kilonode.metrics.MetricKind.COUNTER;
import static dev.kilonode.metrics.MetricKind.DISTRIBUTION;
import static dev.kilonode.metrics.MetricSource.HARNESS;
import static dev.kilonode.metrics.MetricSource.NODE;
import static dev.kilonode.metrics.MetricSource.ON_DEMAND;
import static dev.kilonode.metrics.MetricSource.STORAGE_NODE;
import static dev.kilonode.metrics.MetricSource.WALL_CLOCK;
import static dev.kilonode.metrics.Unit.BYTES;
import static dev.kilonode.metrics.Unit.BYTES_PER_SECOND;
import static dev.kilonode.metrics.Unit.COUNT;
import static dev.kilonode.metrics.Unit.MILLISECONDS;
import static dev.kilonode.metrics.Unit.RATIO;
import static dev.kilonode.metrics.Unit.TIMES;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of a run. Metrics are defined nowhere else. Files list metrics in this order, and a metric with dimensions has one series
 * for each combination of their values.
 */
public enum Metric {
    // Events of nodes.
    OFFERED("transport.offered", NODE, COUNTER, "frames that reached a node's dispatcher", MESSAGE_KIND),
    DELIVERED(
            "transport.delivered",
            NODE,
            COUNTER,
            "messages that a shard decoded, verified, registered and handed on",
            MESSAGE_KIND),
    DROPS_BY_KIND(
            "transport.drops.kind",
            NODE,
            COUNTER,
            "messages lost inside nodes, by kind of message",
            OFFERED,
            MESSAGE_KIND),
    DROPS("transport.drops", NODE, COUNTER, "messages lost inside nodes", OFFERED, DROP_CAUSE, SHARD),
    REFUSED("transport.refused", NODE, COUNTER, "messages that validation rejected", OFFERED, REFUSAL_CAUSE),
    REQUEST_TIMEOUTS("requests.timeouts", NODE, COUNTER, "requests that timed out without a reply", MESSAGE_KIND),
    REQUEST_LATE(
            "requests.late", NODE, COUNTER, "replies that came after their request had been given up", MESSAGE_KIND),
    REQUEST_REPLIES("requests.replied", NODE, COUNTER, "requests that were answered in time"),
    IDENTITY_EXCHANGES("identity.exchanges", NODE, COUNTER, "identity waits of diallers that ended, however"),
    IDENTITY_TIMEOUTS("identity.timeouts", NODE, COUNTER, "identity waits that ran out", IDENTITY_EXCHANGES, DIALLER),
    IDENTITY_BETWEEN(
            "identity.between",
            NODE,
            COUNTER,
            "identity waits that took more than 0.5 s and did not run out",
            IDENTITY_EXCHANGES),
    CONNECTION_EVENTS(
            "connections.events",
            STORAGE_NODE,
            COUNTER,
            "connections that came up at a node, by the node's side of them",
            SIDE),
    EVENTS_SUPPRESSED(
            "connections.events.held-back",
            STORAGE_NODE,
            COUNTER,
            "connections whose event was suppressed, because their address had been seen",
            CONNECTION_EVENTS,
            SUPPRESSED_EVENT),
    EVENTS_LAGGED(
            "connections.events.lagged",
            STORAGE_NODE,
            COUNTER,
            "events overwritten in a node's broadcasts before they were read",
            CONNECTION_EVENT),
    ANNOUNCES(
            "announces",
            STORAGE_NODE,
            COUNTER,
            "identity announces of nodes: acknowledged, not acknowledged in time, or never sent",
            ANNOUNCE_OUTCOME),
    ORPHANED(
            "connections.orphaned",
            STORAGE_NODE,
            COUNTER,
            "accepted connections that found no slot on their way to the accept loop and are never read",
            CONNECTION_EVENTS),
    DIAL_FAILURES("dial.failures", NODE, COUNTER, "dials that ended without a connection"),
    EVICTIONS("dht.evictions", NODE, COUNTER, "peers that lost a routing table's trust"),
    BUCKETS_REFRESHED("dht.refreshes", NODE, COUNTER, "stale buckets refreshed by a lookup"),
    SYNCS("replication.syncs", NODE, COUNTER, "comparisons of keys with a neighbour that ended", SYNC_OUTCOME),
    KEYS_VERIFIED("replication.verified", NODE, COUNTER, "unknown keys that others were asked about", VERIFY_OUTCOME),
    FETCHES(
            "replication.fetches",
            NODE,
            COUNTER,
            "missing chunks that were fetched, or that no peer supplied",
            FETCH_OUTCOME),
    AUDITS("replication.audits", NODE, COUNTER, "audits of a neighbour that ended", AUDIT_OUTCOME),
    CHUNKS_REFUSED("store.refused", NODE, COUNTER, "chunks that were offered to a node and not taken", CHUNK_REFUSAL),
    CHUNKS_UNREADABLE(
            "store.unreadable", NODE, COUNTER, "times a node could not read a chunk that it held", CHUNK_LOSS),
    PRUNED(
            "replication.pruned",
            NODE,
            COUNTER,
            "chunks deleted after they were outside the responsibility of the node for long"),
    // Durations and sizes measured by nodes.
    REFRESH_DUE("dht.refresh.due", NODE, DISTRIBUTION, COUNT, "buckets that one pass of a node found stale"),
    REFRESH_PASS("dht.refresh.pass", NODE, DISTRIBUTION, MILLISECONDS, "one pass of a node over its stale buckets"),
    HINT_KEYS(
            "replication.hints.keys",
            NODE,
            DISTRIBUTION,
            COUNT,
            "keys gone through to find those that concern one neighbour"),
    HINT_LATENCY(
            "replication.hints.latency",
            NODE,
            DISTRIBUTION,
            MILLISECONDS,
            "finding the keys that concern one neighbour"),
    SYNC_LATENCY(
            "replication.sync.latency", NODE, DISTRIBUTION, MILLISECONDS, "a neighbour's answer to this node's hints"),
    LOOP_OCCUPIED(
            "replication.loop.occupied",
            NODE,
            DISTRIBUTION,
            MILLISECONDS,
            "time one message kept a node's one replication loop busy"),
    SHARD_RESIDENCE(
            "shard.residence", NODE, DISTRIBUTION, MILLISECONDS, "time from a shard's queue to being handed on"),
    IDENTITY_LATENCY(
            "identity.latency",
            NODE,
            DISTRIBUTION,
            MILLISECONDS,
            "a dialler's wait for the other side's identity, however it ended: one that ran out is in it with the"
                    + " whole time-out"),
    DIAL_LATENCY("dial.latency", NODE, DISTRIBUTION, MILLISECONDS, "dial to connection, without the identity exchange"),
    LOOKUP_LATENCY("lookup.latency", NODE, DISTRIBUTION, MILLISECONDS, "one iterative lookup"),
    REPLY_LATENCY(
            "request.latency",
            NODE,
            DISTRIBUTION,
            MILLISECONDS,
            "request handed to the endpoint until its reply is matched"),
    REGISTRATION_LATENCY(
            "registration.latency", NODE, DISTRIBUTION, MILLISECONDS, "one registration of a peer with the endpoint"),
    LOCK_WAIT("registry.lock.wait", NODE, DISTRIBUTION, MILLISECONDS, "wait for one of the registry's locks", LOCK),
    LOCK_HOLD(
            "registry.lock.hold",
            NODE,
            DISTRIBUTION,
            MILLISECONDS,
            "time for which a registry's write lock is held",
            LOCK),
    // Restarts and uploads.
    RESTARTS("node.restarts", HARNESS, COUNTER, "nodes that came back after churn or a fault"),
    UPLOAD_STARTED("upload.started", HARNESS, COUNTER, "uploads begun"),
    UPLOAD_SUCCEEDED("upload.succeeded", HARNESS, COUNTER, "uploads that stored every chunk", UPLOAD_STARTED),
    UPLOAD_FAILED("upload.failed", HARNESS, COUNTER, "uploads that gave a chunk up", UPLOAD_STARTED),
    UPLOAD_MISSED("upload.missed", HARNESS, COUNTER, "uploads due while too many were waiting already (open arrival)"),
    UPLOAD_LATENCY(
            "upload.latency",
            HARNESS,
            DISTRIBUTION,
            MILLISECONDS,
            "intended start to last chunk stored, of uploads that succeeded"),
    UPLOAD_TIMEOUTS(
            "upload.identity.timeouts",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "identity time-outs that one upload met, at its end"),
    // Gauges of hosts and nodes, sampled.
    HOST_CPU("host.cpu", HARNESS, DISTRIBUTION, RATIO, "share of its cores' time that a host was busy"),
    HOST_UP("host.bytes.up", HARNESS, DISTRIBUTION, BYTES_PER_SECOND, "sent by one host"),
    HOST_DOWN("host.bytes.down", HARNESS, DISTRIBUTION, BYTES_PER_SECOND, "received by one host"),
    SHARD_DEPTH(
            "shard.depth",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "messages waiting in one shard's queue, over all nodes",
            SHARD),
    REQUESTS_PENDING("requests.pending", HARNESS, DISTRIBUTION, COUNT, "requests outstanding, per node"),
    CONNECTIONS("connections.open", HARNESS, DISTRIBUTION, COUNT, "entries in one node's connection table", ORIGIN),
    PEERS(
            "registry.peers",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "peers that one node believes to be connected, living or not"),
    UNCONNECTED_PEERS(
            "registry.peers.unconnected",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "peers that one node believes to be connected and to which it has no open connection"),
    INVARIANTS_VIOLATED(
            "invariants.violated",
            HARNESS,
            COUNTER,
            "violations of invariants: each peer, connection or upload of which one was found",
            INVARIANT),
    UNREAD("connections.unread", HARNESS, DISTRIBUTION, COUNT, "open connections of one node that it does not read"),
    ACCEPTS_WAITING(
            "connections.accepts.waiting",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "accepted connections that wait for one node's accept loop"),
    SILENT_ADDRESSES(
            "connections.addresses.silent",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "addresses whose next connection one node will hold back"),
    RECEIVE_DEPTH(
            "receive.depth",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "frames before one node's dispatcher: in its queue, or trying again",
            RECEIVE_STAGE),
    NODES_UP("node.up", HARNESS, DISTRIBUTION, COUNT, "nodes that are running"),
    UPLOADS_RUNNING("uploads.running", HARNESS, DISTRIBUTION, COUNT, "uploads under way"),
    ROUTING_TABLE("dht.table", HARNESS, DISTRIBUTION, COUNT, "peers in one node's routing table"),
    STORED_CHUNKS("store.chunks", HARNESS, DISTRIBUTION, COUNT, "chunks held by one node"),
    ADDRESSES("dht.addresses", HARNESS, DISTRIBUTION, COUNT, "addresses of the peers in one node's routing table"),
    DEAD_ADDRESSES("dht.addresses.dead", HARNESS, DISTRIBUTION, COUNT, "of these, addresses where nobody listens"),
    REMEMBERED_ADDRESSES(
            "endpoint.addresses.remembered",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "addresses in the side tables of one node's endpoint"),
    PAID_CHUNKS("replication.paid", HARNESS, DISTRIBUTION, COUNT, "chunks that one node remembers as paid for"),
    KEYS_WAITING(
            "replication.verify.waiting",
            HARNESS,
            DISTRIBUTION,
            COUNT,
            "unknown keys that wait to be verified, per node"),
    DROPS_PER_NODE("drops.per.node", HARNESS, DISTRIBUTION, COUNT, "messages one node has lost since the run began"),
    LOCK_UTILISATION(
            "registry.lock.utilisation",
            HARNESS,
            DISTRIBUTION,
            RATIO,
            "share of the window for which a write lock was held, per node",
            PEERS_LOCK),
    ENDPOINT_LOCK_WAIT(
            "endpoint.lock.wait",
            HARNESS,
            DISTRIBUTION,
            MILLISECONDS,
            "mean wait for the endpoint's lock in one registration, per node"),
    STARVATIONS("endpoint.starvations", HARNESS, COUNTER, "registrations that starved at the endpoint's lock"),
    LOG_LINES("log.lines", HARNESS, COUNTER, "lines logged for messages sent and connections registered"),
    // Frames on links.
    LINK_SENT("link.frames.sent", HARNESS, COUNTER, "frames that nodes handed to their endpoints"),
    LINK_DELIVERED(
            "link.frames.delivered", HARNESS, COUNTER, "frames that arrived, whether or not in time for the sender"),
    LINK_LOST(
            "link.frames.lost",
            HARNESS,
            COUNTER,
            "frames that could not be sent or did not arrive; in wall time also those that nobody acknowledged in time",
            LINK_SENT,
            LINK_LOSS),
    LINK_GIVEN_UP(
            "link.frames.given-up",
            HARNESS,
            COUNTER,
            "frames whose sender stopped waiting for them; some of them arrive all the same",
            LINK_SENT,
            GIVE_UP_CAUSE),
    LINK_ACROSS(
            "link.frames.across", WALL_CLOCK, COUNTER, "wall time: frames that nodes sent to hosts of other processes"),
    // The process that runs the nodes, and its sockets.
    TESTER_LAG(
            "tester.lag",
            WALL_CLOCK,
            DISTRIBUTION,
            MILLISECONDS,
            "wall time: how late the loops on which nodes live were for a timer or for what another thread told them,"
                    + " and the workers for a computation",
            LAG),
    TESTER_BUSY(
            "tester.busy",
            WALL_CLOCK,
            DISTRIBUTION,
            RATIO,
            "wall time: share of its time for which the busiest loop on which nodes live was awake"),
    TESTER_CPU(
            "tester.cpu",
            WALL_CLOCK,
            DISTRIBUTION,
            RATIO,
            "wall time: share of the machine's cores that the process used"),
    TESTER_INLINE("tester.inline", WALL_CLOCK, COUNTER, "wall time: signatures that the workers had no room for"),
    GC_PAUSE("jvm.gc.pause", WALL_CLOCK, DISTRIBUTION, MILLISECONDS, "wall time: one garbage collection"),
    ALLOCATION(
            "jvm.allocation",
            WALL_CLOCK,
            DISTRIBUTION,
            BYTES_PER_SECOND,
            "wall time: heap allocated, over all threads"),
    HEAP(
            "jvm.heap",
            WALL_CLOCK,
            DISTRIBUTION,
            BYTES,
            "wall time: heap in use after the last collection of all of it (wall.collect)"),
    DIRECT_MEMORY("jvm.direct", WALL_CLOCK, DISTRIBUTION, BYTES, "wall time: memory of buffers outside the heap"),
    RESIDENT_MEMORY(
            "jvm.resident",
            WALL_CLOCK,
            DISTRIBUTION,
            BYTES,
            "wall time: memory of the process that is in the machine's (Linux)"),
    THREADS("jvm.threads", WALL_CLOCK, DISTRIBUTION, COUNT, "wall time: threads of the process"),
    DESCRIPTORS("jvm.descriptors", WALL_CLOCK, DISTRIBUTION, COUNT, "wall time: open file descriptors of the process"),
    LINK_REFUSED(
            "link.refused",
            WALL_CLOCK,
            COUNTER,
            "wall time: what endpoints rejected: datagrams, handshakes, and connections that" + " broke the protocol",
            LINK_REFUSAL),
    // The control plane of a run over several processes.
    CONTROL_CPU("tester.control-cpu", ON_DEMAND, DISTRIBUTION, RATIO, "share of a core that the control plane used"),
    CONTROL_BYTES(
            "tester.control-bytes",
            ON_DEMAND,
            DISTRIBUTION,
            BYTES_PER_SECOND,
            "bytes that the control plane sent and received"),
    CONTROL_THREADS("tester.control-threads", ON_DEMAND, DISTRIBUTION, COUNT, "threads of the control plane"),
    CLOCK_OFFSET(
            "tester.clock-offset",
            ON_DEMAND,
            DISTRIBUTION,
            MILLISECONDS,
            "how far the worker's clock of the run is from the coordinator's"),
    // Written only if there are values.
    ROGUE_ACTS("rogue.acts", ON_DEMAND, COUNTER, "what rogue peers did; a scenario has them as faults", ROGUE_ACT),
    ENGINE_SPEED("engine.speed", ON_DEMAND, DISTRIBUTION, TIMES, "virtual seconds per second of the machine");

    private final String id;
    private final MetricSource source;
    private final MetricKind kind;
    private final Unit unit;
    private final String help;
    private final @Nullable Metric whole;
    private final List<Dimension> dimensions;

    Metric(String id, MetricSource source, MetricKind kind, String help, Dimension... dimensions) {
        this(id, source, kind, COUNT, help, null, dimensions);
    }

    Metric(String id, MetricSource source, MetricKind kind, String help, Metric whole, Dimension... dimensions) {
        this(id, source, kind, COUNT, help, whole, dimensions);
    }

    Metric(String id, MetricSource source, MetricKind kind, Unit unit, String help, Dimension... dimensions) {
        this(id, source, kind, unit, help, null, dimensions);
    }

    Metric(
            String id,
            MetricSource source,
            MetricKind kind,
            Unit unit,
            String help,
            @Nullable Metric whole,
            Dimension... dimensions) {
        this.id = id;
        this.source = source;
        this.kind = kind;
        this.unit = unit;
        this.help = help;
        this.whole = whole;
        this.dimensions = List.of(dimensions);
    }

    /** The name in scenario files and results. */
    public String id() {
        return id;
    }

    public MetricSource source() {
        return source;
    }

    public MetricKind kind() {
        return kind;
    }

    public Unit unit() {
        return unit;
    }

    public boolean isCounter() {
        return kind == COUNTER;
    }

    /** Whether each worker of a run over several processes has its own series, with the label {@link Labels#WORKER}. */
    public boolean isOfWorker() {
        return id.startsWith("jvm.") || id.startsWith("tester.");
    }

    /** One sentence without a verb: what one event or value is. */
    public String help() {
        return help;
    }

    /** The counter that is the denominator of the statistic {@code ratio}, or null if the metric has no ratio. */
    public @Nullable Metric whole() {
        return whole;
    }

    /** In the order in which {@link MetricSet} numbers the series. */
    public List<Dimension> dimensions() {
        return dimensions;
    }

    /** Names of its labels. */
    public List<String> labels() {
        return dimensions.stream().map(Dimension::label).toList();
    }

    /** The statistics that results contain and that checks may use. */
    public List<String> stats() {
        return whole == null ? kind.stats() : List.of("count", "rate", "ratio");
    }

    /**
     * The least relevant change of a statistic, in the exported unit: 1 ms, 1 % of a ratio, one event in a window. A smaller trend never
     * fails a check.
     */
    public double floor(String stat) {
        if (stat.equals("ratio")) return 0.001;
        if (stat.equals("rate")) return 0.01;
        if (stat.equals("count")) return 1;
        return unit.floor();
    }

    public static Optional<Metric> byId(String id) {
        return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
    }

    /** The ids of all metrics, in alphabetical order. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Metric::id).sorted().collect(Collectors.toUnmodifiableList());
    }
}
