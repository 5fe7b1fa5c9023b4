package dev.kilonode.reports.model;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.model.Chart.Heatmap;
import dev.kilonode.reports.run.RunData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All charts of a report, in reading order. */
final class ChartCatalog {

    static final String DROPS = "Drops";
    static final String IDENTITY = "Identity exchange";
    static final String UPLOADS = "Uploads";
    static final String TRANSPORT = "Inside the transport";
    static final String INVARIANTS = "Invariants";
    static final String HOSTS = "Hosts and network";
    static final String NODES = "Nodes and requests";
    static final String SIMULATOR = "The simulator itself";
    static final String TESTER = "The tester and its JVM";
    static final String WORKERS = ReportModel.WORKERS;

    private static final int HEAT_COLUMNS = 480;

    private final ChartFactory make;
    private final LatencyCharts latencies;
    private final boolean severalWorkers;

    ChartCatalog(RunData data) {
        this.make = new ChartFactory(data);
        this.latencies = new LatencyCharts(make);
        this.severalWorkers = data.manifest().jvms() > 1;
    }

    List<Chart> charts() {
        var charts = new ArrayList<Chart>();
        drops(charts);
        identity(charts);
        uploads(charts);
        transport(charts);
        invariants(charts);
        hosts(charts);
        frames(charts);
        nodes(charts);
        if (inWallTime()) {
            links(charts);
        }
        if (severalWorkers) charts.addAll(new WorkerCharts(make).charts());
        else if (inWallTime()) tester(charts);
        return charts;
    }

    private boolean inWallTime() {
        return make.grouping().total(Metric.TESTER_BUSY.id(), "mean").size() > 0;
    }

    private void drops(List<Chart> to) {
        to.add(make.stackedWithTotal(
                "drops",
                DROPS,
                "Dropped messages by cause",
                "drops",
                Metric.DROPS.id(),
                "cause",
                "All nodes together. A drop is a message that arrived and was thrown away because a queue was full."));
        to.add(heatmap());
        to.add(make.spread(
                "drops-per-node",
                DROPS,
                "Drops of a node since the start",
                Metric.DROPS_PER_NODE.id(),
                "drops",
                "Half of all nodes lie below p50. A high max with a low p50 means that few nodes have all the"
                        + " trouble."));
        to.add(make.stackedWithTotal(
                "refused",
                DROPS,
                "Refused messages by cause",
                "refusals",
                Metric.REFUSED.id(),
                "cause",
                "Messages that were handled and turned down."));
    }

    private Chart heatmap() {
        String title = "Dropped messages by shard";
        Map<String, ChartSeries> byShard = make.aligned(make.grouping().by(Metric.DROPS.id(), "shard", "rate"));
        double max =
                byShard.values().stream().mapToDouble(ChartSeries::max).max().orElse(0);
        if (max == 0) {
            return Chart.omitted("shard-heatmap", DROPS, title, "Not shown: no drop was counted at any shard.");
        }
        var shards = new TreeSet<>(SeriesAggregator.NATURAL);
        shards.addAll(byShard.keySet());
        shards.addAll(
                make.grouping().by(Metric.SHARD_DEPTH.id(), "shard", "mean").keySet());
        Scale scale = Scale.rate(max, "drops");
        var rows = List.copyOf(shards);
        Set<String> empty = alwaysEmpty();
        empty.removeIf(s -> byShard.getOrDefault(s, ChartSeries.NONE).max() > 0);
        boolean named = shards.stream().anyMatch(empty::contains);
        ChartSeries quiet = byShard.values().iterator().next().times(0);
        return new Chart(
                "shard-heatmap",
                DROPS,
                title + ", " + scale.unit(),
                "shard",
                "One row a shard number, all nodes together: a single hot row points at hashing, all rows at once at"
                        + " the consumers."
                        + (named ? " Empty: nothing ever waited there when its queue was looked at." : ""),
                List.of(),
                List.of(),
                false,
                new Heatmap(
                        rows.stream()
                                .map(s -> "shard " + s + (empty.contains(s) ? " (empty)" : ""))
                                .toList(),
                        rows.stream()
                                .map(s -> byShard.getOrDefault(s, quiet)
                                        .averaged(HEAT_COLUMNS)
                                        .times(scale.factor()))
                                .toList(),
                        scale.unit()));
    }

    /** Shards whose queue was empty in all nodes at every sample. */
    private Set<String> alwaysEmpty() {
        var empty = new TreeSet<String>();
        make.grouping().by(Metric.SHARD_DEPTH.id(), "shard", "max").forEach((shard, depth) -> {
            if (depth.size() > 0 && depth.max() == 0) {
                empty.add(shard);
            }
        });
        return empty;
    }

    private void identity(List<Chart> to) {
        to.add(make.stackedWithTotal(
                "identity",
                IDENTITY,
                "Identity time-outs by who dialled",
                "time-outs",
                Metric.IDENTITY_TIMEOUTS.id(),
                "dialler",
                "Exchanges that got no answer in time; each one delays an upload or a lookup."));
        to.add(make.rates(
                "identity-exchanges",
                IDENTITY,
                "Identity exchanges",
                "exchanges",
                Map.of("exchanges", Metric.IDENTITY_EXCHANGES.id()),
                "Waits for the other side's identity that ended, however."));
        to.add(latencies.percentiles(
                "identity-latency",
                IDENTITY,
                "Identity exchange latency, time-outs included",
                Metric.IDENTITY_LATENCY.id(),
                "",
                "A dialler's wait for the other side's identity, however it ended: one that ran out counts"
                        + " with the whole time-out."));
    }

    private void uploads(List<Chart> to) {
        to.add(latencies.percentiles(
                "upload-latency",
                UPLOADS,
                "Upload latency by time of end",
                Metric.UPLOAD_LATENCY.id(),
                "",
                "From the intended start to the end, of uploads that ended in the window."));
        to.add(latencies.percentiles(
                "upload-latency-by-start",
                UPLOADS,
                "Upload latency by time of start",
                Metric.UPLOAD_LATENCY.id(),
                "by=start",
                "The same uploads, placed where they started: shows when trouble began rather than when it was felt."));
        var outcomes = new LinkedHashMap<String, String>();
        outcomes.put("started", Metric.UPLOAD_STARTED.id());
        outcomes.put("succeeded", Metric.UPLOAD_SUCCEEDED.id());
        outcomes.put("failed", Metric.UPLOAD_FAILED.id());
        to.add(make.rates(
                "upload-outcomes",
                UPLOADS,
                "Uploads started and ended",
                "uploads",
                outcomes,
                "All uploaders together."));
        to.add(make.gauge(
                "uploads-running",
                UPLOADS,
                "Uploads running",
                Metric.UPLOADS_RUNNING.id(),
                max -> Scale.plain("uploads"),
                "min to max",
                "Grows without end when more is started than is finished."));
        to.add(latencies.percentiles(
                "dial-latency", UPLOADS, "Dial latency", Metric.DIAL_LATENCY.id(), "", "Until a connection is there."));
        to.add(latencies.percentiles(
                "lookup-latency",
                UPLOADS,
                "Lookup latency",
                Metric.LOOKUP_LATENCY.id(),
                "",
                "Iterative lookup of the closest nodes."));
    }

    private void transport(List<Chart> to) {
        to.add(make.byLabel(
                "queue-depth",
                TRANSPORT,
                "Shard queue depth, mean over nodes",
                Metric.SHARD_DEPTH.id(),
                "shard",
                "mean",
                max -> Scale.plain("messages"),
                "Waiting messages in the shard queues of a node."));
        to.add(make.byLabel(
                "queue-depth-max",
                TRANSPORT,
                "Shard queue depth, fullest node",
                Metric.SHARD_DEPTH.id(),
                "shard",
                "max",
                max -> Scale.plain("messages"),
                "Flat at the top means full: from there on messages are dropped."));
        to.add(latencies.percentiles(
                "shard-residence",
                TRANSPORT,
                "Time a message spends in its shard",
                Metric.SHARD_RESIDENCE.id(),
                "",
                "From the queue's tail to the end of its handling."));
        to.add(latencies.locks("lock", TRANSPORT, "Wait for the registry's locks", Metric.LOCK_WAIT.id(), ""));
        to.add(latencies.locks(
                "lock-hold",
                TRANSPORT,
                "Time the registry's locks are held",
                Metric.LOCK_HOLD.id(),
                "A lock held for long makes the others wait."));
        to.add(make.share(
                "lock-utilisation",
                TRANSPORT,
                "Registry lock in use",
                Metric.LOCK_UTILISATION.id(),
                "worst node",
                "Share of the time that the lock is held; near 100 % the waits grow without bound."));
        to.add(latencies.percentiles(
                "registration-latency",
                TRANSPORT,
                "Registration latency",
                Metric.REGISTRATION_LATENCY.id(),
                "",
                "Until the endpoint knows which peer a connection belongs to."));
        to.add(latencies.percentiles(
                "endpoint-lock",
                TRANSPORT,
                "Wait for the endpoint's lock",
                Metric.ENDPOINT_LOCK_WAIT.id(),
                "",
                "Dials, accepts, sends and registrations share this lock."));
        to.add(make.meansAndMaxOf(
                "left-over",
                "connections",
                TRANSPORT,
                "Open connections by origin",
                Metric.CONNECTIONS.id(),
                "origin",
                "connections",
                "Per node, mean over nodes; dashed: the node with most left-over ones."));
    }

    private void invariants(List<Chart> to) {
        to.add(make.gauge(
                "unconnected-peers",
                INVARIANTS,
                "Peers believed connected that are not",
                Metric.UNCONNECTED_PEERS.id(),
                max -> Scale.plain("peers"),
                "min to max over nodes",
                "Peers that a node counts as connected and to which it has no open connection; 0 in a correct node."));
        to.add(
                make.stackedWithTotal(
                        "violations",
                        INVARIANTS,
                        "Violations of invariants",
                        "violations",
                        Metric.INVARIANTS_VIOLATED.id(),
                        "invariant",
                        "Each peer, connection or upload of which a violation was found, in the window in which it was confirmed."));
    }

    private void hosts(List<Chart> to) {
        to.add(make.share(
                "cpu",
                HOSTS,
                "Processor load of hosts",
                Metric.HOST_CPU.id(),
                "worst host",
                "100 % means that all cores of a host are busy."));
        to.add(make.gauge(
                "bandwidth",
                HOSTS,
                "Bandwidth of hosts, up",
                Metric.HOST_UP.id(),
                Scale::bytesPerSecond,
                "min to max over hosts",
                "Bytes sent by a host."));
        to.add(make.gauge(
                "bandwidth-down",
                HOSTS,
                "Bandwidth of hosts, down",
                Metric.HOST_DOWN.id(),
                Scale::bytesPerSecond,
                "min to max over hosts",
                "Bytes received by a host."));
        to.add(make.stackedRates(
                "messages",
                HOSTS,
                "Delivered messages by kind",
                "messages",
                Metric.DELIVERED.id(),
                "kind",
                "Messages taken by a node's transport, all nodes together."));
    }

    private void frames(List<Chart> to) {
        to.add(make.stackedRates(
                "link-lost",
                HOSTS,
                "Frames lost on links, by cause",
                "frames",
                Metric.LINK_LOST.id(),
                "cause",
                "Never sent, or sent and not arrived; in wall time also sent and not acknowledged in time. All nodes"
                        + " together."));
        to.add(make.stackedRates(
                "link-given-up",
                HOSTS,
                "Frames given up by their senders, by cause",
                "frames",
                Metric.LINK_GIVEN_UP.id(),
                "cause",
                "The sender heard of no arrival in the time that it waits. On the path or the downlink: the links are"
                        + " too slow for the frame, and it may arrive all the same."));
    }

    private void nodes(List<Chart> to) {
        to.add(make.gauge(
                "requests-pending",
                NODES,
                "Requests waiting for an answer",
                Metric.REQUESTS_PENDING.id(),
                max -> Scale.plain("requests"),
                "min to max over nodes",
                "Per node."));
        var faults = new LinkedHashMap<String, String>();
        faults.put("request time-outs", Metric.REQUEST_TIMEOUTS.id());
        faults.put("late answers", Metric.REQUEST_LATE.id());
        faults.put("failed dials", Metric.DIAL_FAILURES.id());
        faults.put("evictions from routing tables", Metric.EVICTIONS.id());
        faults.put("endpoint starvations", Metric.STARVATIONS.id());
        faults.put("node restarts", Metric.RESTARTS.id());
        to.add(make.rates(
                "troubles", NODES, "Time-outs, late answers, evictions", "events", faults, "All nodes together."));
        to.add(make.gauge(
                "nodes-up", NODES, "Nodes up", Metric.NODES_UP.id(), max -> Scale.plain("nodes"), "min to max", ""));
        if (!inWallTime()) {
            to.add(make.gauge(
                    "engine-speed",
                    SIMULATOR,
                    "Speed of the simulator",
                    Metric.ENGINE_SPEED.id(),
                    max -> Scale.plain("virtual seconds per second"),
                    "min to max",
                    "How fast virtual time passed; no part of what was measured."));
        }
    }

    /** Charts of runs in wall time only, where endpoints are real. */
    private void links(List<Chart> to) {
        to.add(make.stackedRates(
                "link-refused",
                HOSTS,
                "Refused by endpoints, by cause",
                "refusals",
                Metric.LINK_REFUSED.id(),
                "cause",
                "What strangers and peers did wrong, all nodes together."));
    }

    /** Charts of runs in wall time only, where the tester shares the machine with the nodes. */
    private void tester(List<Chart> to) {
        to.add(make.byLabel(
                "tester-lag",
                TESTER,
                "Lateness of the node loops and the workers",
                Metric.TESTER_LAG.id(),
                "of",
                "p95",
                Scale::millis,
                "p95 of each window: for timers, for what other threads had to tell, for signatures. A late"
                        + " tester measures itself."));
        to.add(make.share(
                "tester-busy",
                TESTER,
                "Busiest node loop awake",
                Metric.TESTER_BUSY.id(),
                "busiest moment",
                "100 % means that a thread on which nodes live could not keep up."));
        to.add(make.share(
                "tester-cpu",
                TESTER,
                "Processors used by the run",
                Metric.TESTER_CPU.id(),
                "busiest moment",
                "Share of all cores of this machine."));
        to.add(make.gauge(
                "gc-pauses",
                TESTER,
                "Garbage collections",
                Metric.GC_PAUSE.id(),
                Scale::millis,
                "min to max",
                "Time of one collection."));
        to.add(make.gauge(
                "jvm-allocation",
                TESTER,
                "Allocation",
                Metric.ALLOCATION.id(),
                Scale::bytesPerSecond,
                "min to max",
                "Heap allocated by all threads."));
        to.add(make.gauge(
                "jvm-heap",
                TESTER,
                "Heap after collections",
                Metric.HEAP.id(),
                Scale::bytes,
                "min to max",
                "What is left after each collection of the whole heap; a leak shows as a line that rises."));
        to.add(make.gauge(
                "jvm-direct",
                TESTER,
                "Memory of buffers outside the heap",
                Metric.DIRECT_MEMORY.id(),
                Scale::bytes,
                "min to max",
                ""));
        to.add(make.gauge(
                "jvm-resident",
                TESTER,
                "Memory of the process",
                Metric.RESIDENT_MEMORY.id(),
                Scale::bytes,
                "min to max",
                "What the machine holds of it in memory: heap, buffers, and what native libraries take."));
        to.add(make.gauge(
                "jvm-threads",
                TESTER,
                "Threads",
                Metric.THREADS.id(),
                max -> Scale.plain("threads"),
                "min to max",
                "Of the whole process."));
        to.add(make.gauge(
                "jvm-descriptors",
                TESTER,
                "Open file descriptors",
                Metric.DESCRIPTORS.id(),
                max -> Scale.plain("descriptors"),
                "min to max",
                "Sockets and files of the whole process."));
    }
}
