package dev.kilonode.simulator.run.invariants;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.Invariant;
import dev.kilonode.simulator.scenario.InvariantMode;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Watches the invariants of one run. Each look reads some nodes in turn, as many as a small share of the run's messages pays for, and
 * first those where the last look found something. What stays is a violation: an event, a metric, and a part of the check {@code
 * invariants}. On the harness thread, while no node runs.
 */
public final class InvariantWatch {

    /** Entries of registries and tables that every look may read. */
    private static final long ENTRIES = 1_000;

    /** Messages that pay for one more entry; see docs/performance/invariants.md. */
    private static final long MESSAGES_PER_ENTRY = 10;

    /** Reading a node costs as much as this many entries, besides its entries. */
    private static final int ENTRIES_OF_NODE = 10;

    /** Violations with an event of their own. */
    private static final int MOST_EVENTS = 1_000;

    private final World world;
    private final InvariantMode mode;
    private final Set<Invariant> watched;
    private final List<? extends WatchedNode> nodes;
    private final Map<PeerId, String> names = new HashMap<>();
    private final Map<Integer, NodeWatch> lives = new HashMap<>();
    private final EndedLives endedLives = new EndedLives();
    private final ChunkWatch chunks;
    private final UploadWatch uploads;
    private final ProgressLimits limits;
    private final MetricSet metrics;
    private final Consumer<EventRow> events;
    private final RegistryLook registry = new RegistryLook();
    private final InvariantResults results = new InvariantResults();
    private final boolean chunksElsewhere;
    private boolean enumerable = true;
    private int cursor;
    private int suspect;
    private boolean ended;
    private final List<Violation> pending = new ArrayList<>();
    private long paidMessages;
    private long looks;
    private int eventsWritten;
    private long eventsOmitted;

    /**
     * @param nodes the nodes of this process
     * @param whole whether they are all nodes of the run; if not, a chunk that none of them holds may be held by another
     * @param metrics a set that contains the metrics of the harness
     * @param events receives an event for each violation
     */
    public InvariantWatch(
            World world,
            Scenario scenario,
            List<? extends WatchedNode> nodes,
            boolean whole,
            RunningUploads uploads,
            MetricSet metrics,
            Consumer<EventRow> events) {
        this.world = world;
        this.mode = scenario.invariants();
        this.nodes = nodes;
        this.metrics = metrics;
        this.events = events;
        watched = mode == InvariantMode.OFF ? EnumSet.noneOf(Invariant.class) : EnumSet.allOf(Invariant.class);
        scenario.exemptInvariants().forEach(watched::remove);
        if (scenario.network().keepsDeadConnections()) watched.remove(Invariant.CONNECTIONS_RELEASED);
        chunksElsewhere = watched.contains(Invariant.CHUNKS_READABLE) && !whole;
        if (chunksElsewhere) watched.remove(Invariant.CHUNKS_READABLE);
        for (WatchedNode node : nodes) names.put(node.id(), "node " + node.number());
        chunks = new ChunkWatch(nodes);
        this.uploads = new UploadWatch(uploads);
        limits = ProgressLimits.of(scenario);
    }

    /** A life of {@code node} has begun; no event has reached it yet. */
    public void begun(WatchedNode node) {
        Transport transport = node.transport();
        NodeHandle place = node.place();
        if (mode == InvariantMode.OFF || transport == null || place == null) return;
        lives.put(node.number(), new NodeWatch(transport, place));
    }

    /** The life of {@code node} has ended. */
    public void ended(WatchedNode node) {
        NodeWatch life = lives.remove(node.number());
        if (life != null) endedLives.ended(node.number(), life.place().timers(), world.nowNanos());
    }

    /** A quorum has acknowledged a chunk. */
    public void acknowledged(PeerId address, List<PeerId> holders) {
        if (watched.contains(Invariant.CHUNKS_READABLE)) chunks.acknowledged(address, holders);
    }

    /**
     * Looks at some of the nodes.
     *
     * @param delivered messages that nodes have delivered since the start of the run
     */
    public void look(long delivered) {
        if (mode == InvariantMode.OFF) return;
        looks++;
        long budget = ENTRIES + (delivered - paidMessages) / MESSAGES_PER_ENTRY;
        paidMessages = delivered;
        long nowNanos = world.nowNanos();
        boolean disturbed = limits.disturbed(nowNanos);
        long ofSuspects = budget / 2;
        for (int seen = 0; seen < nodes.size() && ofSuspects > 0; seen++) {
            suspect = (suspect + 1) % nodes.size();
            NodeWatch life = lives.get(nodes.get(suspect).number());
            if (life == null || !life.suspects()) continue;
            int cost = look(nodes.get(suspect), life, disturbed, nowNanos);
            ofSuspects -= cost;
            budget -= cost;
        }
        for (int seen = 0; seen < nodes.size() && budget > 0; seen++) {
            cursor = (cursor + 1) % nodes.size();
            NodeWatch life = lives.get(nodes.get(cursor).number());
            if (life != null && !life.seenAt(nowNanos)) budget -= look(nodes.get(cursor), life, disturbed, nowNanos);
        }
        others(disturbed, nowNanos);
        lost(chunks.look(nowNanos));
    }

    /** Looks at all nodes, once: later calls do nothing. Called at the end of the run, before its last window closes. */
    public void lookAtAll() {
        if (mode == InvariantMode.OFF || ended) return;
        ended = true;
        looks++;
        long nowNanos = world.nowNanos();
        boolean disturbed = limits.disturbed(nowNanos);
        for (WatchedNode node : nodes) {
            NodeWatch life = lives.get(node.number());
            if (life != null && !life.seenAt(nowNanos)) look(node, life, disturbed, nowNanos);
        }
        others(disturbed, nowNanos);
        lost(chunks.lookAtAll(nowNanos));
    }

    /**
     * A window closes: what was confirmed in it is told. If a saturated tester may have been late with what nodes should have done long
     * ago, it is forgotten instead, and must be found and confirmed again.
     *
     * @param keptUp whether the tester kept up with the clock
     */
    public void closeWindow(boolean keptUp) {
        if (keptUp) pending.forEach(this::tell);
        pending.clear();
        if (keptUp) uploads.accept();
        else uploads.forget();
        for (NodeWatch life : lives.values()) {
            if (keptUp) life.accept();
            else life.forget();
        }
        if (!ended || eventsOmitted == 0) return;
        events.accept(EventRow.at(
                EventRow.Type.NOTE, eventsOmitted + " more violations of invariants", world.nowNanos() / 1_000_000));
        eventsOmitted = 0;
    }

    /** @return the cost, in entries */
    private int look(WatchedNode node, NodeWatch life, boolean disturbed, long nowNanos) {
        List<NodeWatch.Confirmed> confirmed = life.look(registry, limits, disturbed, watched::contains, nowNanos);
        enumerable &= registry.enumerated();
        if (registry.enumerated()) metrics.record(Metric.UNCONNECTED_PEERS, registry.unconnected());
        Map<Boolean, List<NodeWatch.Confirmed>> byKind = confirmed.stream()
                .collect(Collectors.partitioningBy(one -> one.finding().isEvent()));
        group(node, byKind.getOrDefault(true, List.of()), nowNanos, this::certain);
        group(node, byKind.getOrDefault(false, List.of()), nowNanos, this::violated);
        return registry.entries() + ENTRIES_OF_NODE;
    }

    /** Passes one violation for each invariant to {@code then}. */
    private void group(WatchedNode node, List<NodeWatch.Confirmed> confirmed, long nowNanos, Consumer<Violation> then) {
        Map<Invariant, List<NodeWatch.Confirmed>> grouped = new LinkedHashMap<>();
        for (NodeWatch.Confirmed one : confirmed) {
            grouped.computeIfAbsent(one.finding().invariant(), unused -> new ArrayList<>())
                    .add(one);
        }
        grouped.forEach((invariant, found) -> {
            long sinceNanos = found.stream()
                    .mapToLong(NodeWatch.Confirmed::sinceNanos)
                    .min()
                    .orElse(nowNanos);
            List<String> subjects =
                    found.stream().map(one -> name(one.finding().subject())).toList();
            String what = found.get(0).finding().words();
            then.accept(new Violation(invariant, sinceNanos / 1_000_000, "node " + node.number(), subjects, what));
        });
    }

    private void others(boolean disturbed, long nowNanos) {
        endedLives.look(
                nowNanos,
                node -> certain(new Violation(
                        Invariant.TIMERS_RELEASED,
                        nowNanos / 1_000_000,
                        "node " + node,
                        List.of("a life that has ended"),
                        "starts timers")));
        uploads.look(
                nowNanos,
                limits,
                disturbed,
                (upload, why, standingNanos) -> violated(new Violation(
                        Invariant.UPLOADS_END,
                        (nowNanos - standingNanos) / 1_000_000,
                        "client " + upload,
                        List.of("its upload"),
                        "has not ended: " + why + ", for " + standingNanos / 1_000_000_000 + " s")));
    }

    private void lost(List<ChunkWatch.Lost> lost) {
        for (ChunkWatch.Lost chunk : lost) {
            List<String> holders = chunk.holders().stream().map(this::name).toList();
            certain(new Violation(
                    Invariant.CHUNKS_READABLE,
                    chunk.sinceNanos() / 1_000_000,
                    "store",
                    List.of("chunk " + chunk.address().shortHex()),
                    "is held by no node; " + String.join(", ", holders) + " acknowledged it"));
        }
    }

    private String name(Object subject) {
        if (subject instanceof Connection connection) return "the connection to " + connection.remote();
        if (!(subject instanceof PeerId peer)) return subject.toString();
        return names.getOrDefault(peer, "peer " + peer.shortHex());
    }

    /** A violation that a late tester cannot cause. */
    private void certain(Violation violation) {
        if (watched.contains(violation.invariant())) tell(violation);
    }

    /** A violation that counts if the tester keeps up in this window. */
    private void violated(Violation violation) {
        if (watched.contains(violation.invariant())) pending.add(violation);
    }

    private void tell(Violation violation) {
        results.add(violation);
        metrics.add(
                Metric.INVARIANTS_VIOLATED,
                violation.invariant().ordinal(),
                violation.subjects().size());
        if (eventsWritten++ < MOST_EVENTS) events.accept(violation.event());
        else eventsOmitted++;
    }

    /**
     * The result of the check {@code invariants}; empty if no invariant was violated and none must hold.
     *
     * @param cutShort why the run ended early; empty if it did not
     */
    public Optional<CheckResult> check(String cutShort) {
        return results.check(mode, unwatched(), exempt(), cutShort);
    }

    /** What was watched, if anything was; never unfit, since a violation is told by {@link #check}. */
    public Optional<HealthResult> health() {
        if (mode == InvariantMode.OFF) return Optional.empty();
        List<Invariant> exempt = exempt();
        String words = (watched.size() - unwatched().size()) + " invariants watched in " + looks + " looks, "
                + results.count() + " violations"
                + (exempt.isEmpty() ? "" : "; exempt: " + InvariantResults.labels(exempt))
                + (chunksElsewhere ? " (nodes of other processes may hold a chunk)" : "")
                + (unwatched().isEmpty()
                        ? ""
                        : "; not watched, as the registry design cannot be enumerated: "
                                + InvariantResults.labels(unwatched()));
        return Optional.of(new HealthResult("invariants-watched", true, words));
    }

    private List<Invariant> exempt() {
        return Arrays.stream(Invariant.values())
                .filter(invariant -> !watched.contains(invariant))
                .toList();
    }

    /** Invariants that could not be watched, because the registry design cannot be enumerated. */
    public List<Invariant> unwatched() {
        return enumerable
                ? List.of()
                : watched.stream().filter(Invariant::readsRegistry).toList();
    }
}
