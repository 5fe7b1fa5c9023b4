package dev.kilonode.simulator.metrics;

import static dev.kilonode.simulator.metrics.Unit.BYTES;
import static dev.kilonode.simulator.metrics.Unit.BYTES_PER_SECOND;
import static dev.kilonode.simulator.metrics.Unit.COUNT;
import static dev.kilonode.simulator.metrics.Unit.MILLISECONDS;
import static dev.kilonode.simulator.metrics.Unit.RATIO;
import static dev.kilonode.simulator.metrics.Unit.TIMES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue: every metric a run produces, with its unit, its labels and its meaning. */
public enum Metric {
    OFFERED("transport.offered", "kind", "frames that reached a node's dispatcher"),
    DELIVERED("transport.delivered", "kind", "messages that a shard decoded, verified, registered and handed on"),
    DROPS("transport.drops", "cause, shard", "messages lost inside nodes", OFFERED),
    DROPS_BY_KIND("transport.drops.kind", "kind", "messages lost inside nodes, by kind of message", OFFERED),
    REFUSED("transport.refused", "cause", "messages read and not believed", OFFERED),
    IDENTITY_EXCHANGES("identity.exchanges", "", "identity waits of diallers that ended, however"),
    IDENTITY_TIMEOUTS("identity.timeouts", "dialler", "identity waits that ran out", IDENTITY_EXCHANGES),
    IDENTITY_LATENCY(
            "identity.latency",
            MILLISECONDS,
            "",
            "a dialler's wait for the other side's identity, however it ended: one that ran out is in it with the whole time-out"),
    IDENTITY_BETWEEN(
            "identity.between", "", "identity waits that took more than 0.5 s and did not run out", IDENTITY_EXCHANGES),
    UPLOAD_STARTED("upload.started", "", "uploads begun"),
    UPLOAD_SUCCEEDED("upload.succeeded", "", "uploads that stored every chunk", UPLOAD_STARTED),
    UPLOAD_FAILED("upload.failed", "", "uploads that gave a chunk up", UPLOAD_STARTED),
    UPLOAD_MISSED("upload.missed", "", "uploads due while too many were waiting already (open arrival)"),
    UPLOAD_LATENCY(
            "upload.latency", MILLISECONDS, "", "intended start to last chunk stored, of uploads that succeeded"),
    UPLOAD_TIMEOUTS("upload.identity.timeouts", COUNT, "", "identity time-outs that one upload met, at its end"),
    UPLOADS_RUNNING("uploads.running", COUNT, "", "uploads under way"),
    DIAL_LATENCY("dial.latency", MILLISECONDS, "", "dial to connection, without the identity exchange"),
    DIAL_FAILURES("dial.failures", "", "dials that ended without a connection"),
    LOOKUP_LATENCY("lookup.latency", MILLISECONDS, "", "one iterative lookup"),
    REPLY_LATENCY("request.latency", MILLISECONDS, "", "request handed to the endpoint until its reply is matched"),
    REQUEST_REPLIES("requests.replied", "", "requests that were answered in time"),
    REQUEST_TIMEOUTS("requests.timeouts", "kind", "requests given up for want of a reply"),
    REQUEST_LATE("requests.late", "kind", "replies that came after their request had been given up"),
    REQUESTS_PENDING("requests.pending", COUNT, "", "requests outstanding, per node"),
    SHARD_DEPTH("shard.depth", COUNT, "shard", "messages waiting in one shard's queue, over all nodes"),
    SHARD_RESIDENCE("shard.residence", MILLISECONDS, "", "time from a shard's queue to being handed on"),
    LOCK_WAIT("registry.lock.wait", MILLISECONDS, "lock", "wait for one of the registry's locks"),
    LOCK_HOLD("registry.lock.hold", MILLISECONDS, "lock", "time for which a registry's write lock is held"),
    LOCK_UTILISATION(
            "registry.lock.utilisation",
            RATIO,
            "lock",
            "share of the window for which a write lock was held, per node"),
    REGISTRATION_LATENCY("registration.latency", MILLISECONDS, "", "one registration of a peer with the endpoint"),
    ENDPOINT_LOCK_WAIT(
            "endpoint.lock.wait", MILLISECONDS, "", "mean wait for the endpoint's lock in one registration, per node"),
    STARVATIONS("endpoint.starvations", "", "registrations that starved at the endpoint's lock"),
    CONNECTIONS("connections.open", COUNT, "origin", "entries in one node's connection table"),
    CONNECTION_EVENTS("connections.events", "side", "connections that came up at a node, by the node's side of them"),
    EVENTS_HELD_BACK(
            "connections.events.held-back",
            "why",
            "connections that came up and were held back, because their address had been seen",
            CONNECTION_EVENTS),
    EVENTS_LAGGED(
            "connections.events.lagged", "event", "events overwritten in a node's broadcasts before they were read"),
    ORPHANED(
            "connections.orphaned",
            "",
            "accepted connections that found no slot on their way to the accept loop and are never read",
            CONNECTION_EVENTS),
    ANNOUNCES(
            "announces",
            "outcome",
            "identity announces of nodes: acknowledged, not acknowledged in time, or never sent"),
    PEERS("registry.peers", COUNT, "", "peers that one node believes to be connected, living or not"),
    UNREAD("connections.unread", COUNT, "", "open connections of one node that it does not read"),
    ACCEPTS_WAITING(
            "connections.accepts.waiting", COUNT, "", "accepted connections that wait for one node's accept loop"),
    SILENT_ADDRESSES(
            "connections.addresses.silent", COUNT, "", "addresses whose next connection one node will hold back"),
    RECEIVE_DEPTH(
            "receive.depth", COUNT, "stage", "frames before one node's dispatcher: in its queue, or trying again"),
    LOG_LINES("log.lines", "", "lines logged for messages sent and connections registered"),
    DROPS_PER_NODE("drops.per.node", COUNT, "", "messages one node has lost since the run began"),
    NODES_UP("node.up", COUNT, "", "nodes that are running"),
    RESTARTS("node.restarts", "", "nodes that came back after churn or a fault"),
    EVICTIONS("dht.evictions", "", "peers that lost a routing table's trust"),
    ROUTING_TABLE("dht.table", COUNT, "", "peers in one node's routing table"),
    ADDRESSES("dht.addresses", COUNT, "", "addresses of the peers in one node's routing table"),
    DEAD_ADDRESSES("dht.addresses.dead", COUNT, "", "of these, addresses where nobody listens"),
    REMEMBERED_ADDRESSES(
            "endpoint.addresses.remembered", COUNT, "", "addresses in the side tables of one node's endpoint"),
    BUCKETS_REFRESHED("dht.refreshes", "", "neglected buckets refreshed by a lookup"),
    REFRESH_DUE("dht.refresh.due", COUNT, "", "buckets that one pass of a node found neglected"),
    REFRESH_PASS("dht.refresh.pass", MILLISECONDS, "", "one pass of a node over its neglected buckets"),
    STORED_CHUNKS("store.chunks", COUNT, "", "chunks held by one node"),
    CHUNKS_REFUSED("store.refused", "cause", "chunks that were offered to a node and not taken"),
    CHUNKS_UNREADABLE("store.unreadable", "cause", "times a node could not read a chunk that it held"),
    PAID_CHUNKS("replication.paid", COUNT, "", "chunks that one node remembers as paid for"),
    HINT_KEYS("replication.hints.keys", COUNT, "", "keys gone through to find those that concern one neighbour"),
    HINT_LATENCY("replication.hints.latency", MILLISECONDS, "", "finding the keys that concern one neighbour"),
    SYNCS("replication.syncs", "outcome", "comparisons of keys with a neighbour that ended"),
    SYNC_LATENCY("replication.sync.latency", MILLISECONDS, "", "a neighbour's answer to this node's hints"),
    KEYS_VERIFIED("replication.verified", "outcome", "unknown keys that others were asked about"),
    KEYS_WAITING("replication.verify.waiting", COUNT, "", "unknown keys that wait to be verified, per node"),
    FETCHES("replication.fetches", "outcome", "missing chunks that were fetched, or that nobody gave"),
    AUDITS("replication.audits", "outcome", "audits of a neighbour that ended"),
    PRUNED("replication.pruned", "", "chunks let go because they had long been others' to hold"),
    LOOP_OCCUPIED(
            "replication.loop.occupied", MILLISECONDS, "", "time one message kept a node's one replication loop busy"),
    HOST_CPU("host.cpu", RATIO, "", "share of its cores' time that a host was busy"),
    HOST_UP("host.bytes.up", BYTES_PER_SECOND, "", "sent by one host"),
    HOST_DOWN("host.bytes.down", BYTES_PER_SECOND, "", "received by one host"),
    ENGINE_SPEED("engine.speed", TIMES, "", "virtual seconds per second of the machine"),
    LINK_REFUSED(
            "link.refused",
            "cause",
            "wall time: what endpoints refused of strangers and peers: datagrams, handshakes, and connections that broke the protocol"),
    LINK_LOST(
            "link.frames.lost",
            "cause",
            "wall time: frames that an endpoint could not send, or that nobody acknowledged in time"),
    ROGUE_ACTS("rogue.acts", "what", "what rogue peers did; a scenario has them as faults"),
    TESTER_LAG(
            "tester.lag",
            MILLISECONDS,
            "of",
            "wall time: how late the loops on which nodes live were for a timer or for what another thread told them, and the workers for a computation"),
    TESTER_BUSY(
            "tester.busy",
            RATIO,
            "",
            "wall time: share of its time for which the busiest loop on which nodes live was awake"),
    TESTER_CPU("tester.cpu", RATIO, "", "wall time: share of the machine's cores that the process used"),
    TESTER_INLINE("tester.inline", "", "wall time: signatures that the workers had no room for"),
    GC_PAUSE("jvm.gc.pause", MILLISECONDS, "", "wall time: one garbage collection"),
    ALLOCATION("jvm.allocation", BYTES_PER_SECOND, "", "wall time: heap allocated, over all threads"),
    HEAP("jvm.heap", BYTES, "", "wall time: heap in use after the last collection of all of it (wall.collect)"),
    DIRECT_MEMORY("jvm.direct", BYTES, "", "wall time: memory of buffers outside the heap"),
    RESIDENT_MEMORY("jvm.resident", BYTES, "", "wall time: memory of the process that is in the machine's (Linux)"),
    THREADS("jvm.threads", COUNT, "", "wall time: threads of the process"),
    DESCRIPTORS("jvm.descriptors", COUNT, "", "wall time: open file descriptors of the process");

    private final String id;
    private final Unit unit;
    private final boolean counter;
    private final String labels;
    private final String meaning;
    private final @Nullable Metric whole;

    Metric(String id, String labels, String meaning) {
        this(id, COUNT, true, labels, meaning, null);
    }

    Metric(String id, String labels, String meaning, Metric whole) {
        this(id, COUNT, true, labels, meaning, whole);
    }

    Metric(String id, Unit unit, String labels, String meaning) {
        this(id, unit, false, labels, meaning, null);
    }

    Metric(String id, Unit unit, boolean counter, String labels, String meaning, @Nullable Metric whole) {
        this.id = id;
        this.unit = unit;
        this.counter = counter;
        this.labels = labels;
        this.meaning = meaning;
        this.whole = whole;
    }

    /** The name in scenario files and results. */
    public String id() {
        return id;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether it counts events; others are distributions of values. */
    public boolean isCounter() {
        return counter;
    }

    /** Names of its labels, separated by commas; empty when it has none. */
    public String labels() {
        return labels;
    }

    public String meaning() {
        return meaning;
    }

    /** The counter that {@code ratio} divides by, or null where there is no such statistic. */
    public @Nullable Metric whole() {
        return whole;
    }

    /** The statistics that a check may name. */
    public List<String> stats() {
        if (!counter) return List.of("count", "min", "mean", "max", "p50", "p95", "p99");
        List<String> stats = new ArrayList<>(List.of("count", "rate"));
        if (whole != null) stats.add("ratio");
        return stats;
    }

    /**
     * A change of the statistic that is none, whatever it is in per cent: 1 ms, 1 % of a ratio, one event in a window. In the
     * exported unit; trends smaller than this are never a failure.
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
}
