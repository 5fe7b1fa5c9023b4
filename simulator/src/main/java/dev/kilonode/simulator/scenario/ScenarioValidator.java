package dev.kilonode.simulator.scenario;

import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.upload.UploadConfig;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.plugin.Choice;
import dev.kilonode.simulator.plugin.Designs;
import dev.kilonode.simulator.wall.WallConfig;
import dev.kilonode.simulator.world.HostGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a scenario's values must hold together, beyond each one's type. */
final class ScenarioValidator {
    static final List<String> ALGORITHMS = List.of("ML-DSA-65", "Ed25519");
    private static final int MAX_WINDOWS = 20_000;
    private static final Duration LONGEST = Duration.ofDays(1000);
    private final MetricCatalogue metrics;
    private final Designs designs;

    ScenarioValidator(MetricCatalogue metrics, Designs designs) {
        this.metrics = metrics;
        this.designs = designs;
    }

    /** @throws ScenarioException with everything that does not hold */
    void validate(Scenario scenario, MergedValues values) {
        Problems problems = new Problems();
        Rules rules = new Rules(values, problems);
        run(scenario, rules);
        nodes(scenario, rules);
        new WorldRules(rules).check(scenario);
        wall(scenario, rules);
        transport(scenario, rules);
        upload(scenario, rules);
        new LoadRules(rules).check(scenario);
        new CheckRules(metrics, rules, scenario).check();
        problems.throwIfAny();
    }

    private static void run(Scenario scenario, Rules rules) {
        rules.must(
                scenario.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                "name",
                "got \"" + scenario.name()
                        + "\", expected letters, digits, dots, dashes and underscores, at most 100; write name: my-scenario");
        Duration duration = scenario.duration();
        rules.positive(duration, "duration");
        rules.must(duration.compareTo(LONGEST) <= 0, "duration", "got more than 1000 days; write 1000d or less");
        Duration window = scenario.metrics().window();
        rules.positive(window, "metrics.window");
        if (window.isZero()) return;
        rules.must(
                window.compareTo(duration) <= 0,
                "metrics.window",
                "got a window longer than the run; write " + Durations.text(duration) + " or less");
        rules.must(
                duration.dividedBy(window) <= MAX_WINDOWS,
                "metrics.window",
                "got " + duration.dividedBy(window) + " windows, expected at most " + MAX_WINDOWS + "; write "
                        + Durations.text(Duration.ofSeconds(duration.toSeconds() / MAX_WINDOWS + 1)) + " or more");
    }

    private static void nodes(Scenario scenario, Rules rules) {
        Nodes nodes = scenario.nodes();
        rules.atLeastOne(nodes.count(), "nodes.count");
        rules.atLeastOne(nodes.perHost(), "nodes.per-host");
        rules.atLeastOne(nodes.bootstraps(), "nodes.bootstraps");
        rules.must(
                nodes.bootstraps() <= Math.max(1, nodes.count()),
                "nodes.bootstraps",
                "got " + nodes.bootstraps() + " of " + nodes.count() + " nodes; write " + nodes.count() + " or less");
        rules.must(
                nodes.joinOver().compareTo(scenario.duration()) <= 0,
                "nodes.join-over",
                "got longer than the run; write " + Durations.text(scenario.duration()) + " or less");
        long hosts = scenario.hosts().stream().mapToLong(group -> group.count()).sum();
        rules.must(
                hosts * nodes.perHost() >= nodes.count(),
                "nodes.count",
                "got " + nodes.count() + " nodes, but " + hosts + " hosts with " + nodes.perHost() + " each hold only "
                        + hosts * nodes.perHost() + "; write hosts for "
                        + (nodes.perHost() == 0
                                ? "them"
                                : (nodes.count() + nodes.perHost() - 1L) / nodes.perHost() + " machines")
                        + " or a larger nodes.per-host");
    }

    private static void wall(Scenario scenario, Rules rules) {
        WallConfig wall = scenario.wall();
        between(wall.workers(), "wall.workers", rules);
        between(wall.loops(), "wall.loops", rules);
        long hosts = scenario.hosts().stream().mapToLong(HostGroup::count).sum()
                + scenario.workload().uploaders().count()
                + scenario.faults().stream()
                        .filter(fault -> fault.kind().hasRogues())
                        .count();
        String wrong = wall.wrongAddress(hosts);
        rules.must(wrong.isEmpty(), "wall.first-address", wrong);
    }

    private static void between(int threads, String path, Rules rules) {
        rules.must(threads >= 1 && threads <= 16, path, "got " + threads + ", expected 1 to 16 threads; write 2");
    }

    private void transport(Scenario scenario, Rules rules) {
        TransportConfig transport = scenario.transport();
        known(transport.registry(), designs.registries(), "transport.registry", rules);
        known(transport.dispatch(), designs.dispatches(), "transport.dispatch", rules);
        rules.atLeastOne(transport.shards(), "transport.shards");
        rules.atLeastOne(transport.receiveCapacity(), "transport.receive-capacity");
        rules.atLeastOne(transport.minShardCapacity(), "transport.min-shard-capacity");
        rules.atLeastOne(transport.maxRequests(), "transport.max-requests");
        rules.atLeastOne(transport.eventCapacity(), "transport.event-capacity");
        rules.atLeastOne(transport.dhtHandlers(), "transport.dht-handlers");
        rules.atLeastOne(transport.chunkHandlers(), "transport.chunk-handlers");
        rules.oneOf(scenario.identity().algorithm(), ALGORITHMS, "identity.algorithm");
        rules.positive(scenario.identity().timeout(), "identity.timeout");
        rules.positive(scenario.identity().poll(), "identity.poll");
        var dht = scenario.dht();
        rules.atLeastOne(dht.k(), "dht.k");
        rules.atLeastOne(dht.alpha(), "dht.alpha");
        rules.atLeastOne(dht.maxIterations(), "dht.max-iterations");
        rules.atLeastOne(dht.maxCandidates(), "dht.max-candidates");
        rules.must(
                dht.addressesPerPeer() >= 1 && dht.addressesPerPeer() <= 1 + PeerRecord.MOST_FORMER,
                "dht.addresses-per-peer",
                "got " + dht.addressesPerPeer() + ", expected 1 to " + (1 + PeerRecord.MOST_FORMER) + "; write 1");
        rules.positive(dht.requestTimeout(), "dht.request-timeout");
        rules.positive(dht.refresh().interval(), "dht.refresh.interval");
        rules.atLeastOne(dht.refresh().parallel(), "dht.refresh.parallel");
        rules.must(
                dht.refresh().buckets() <= 256,
                "dht.refresh.buckets",
                "got " + dht.refresh().buckets() + " of 256 buckets; write 256 or less");
        rules.positive(dht.selfLookup().min(), "dht.self-lookup.min");
        rules.atLeastOne(dht.notifications().neighbours(), "dht.notifications.neighbours");
        rules.atLeastOne(scenario.replication().concurrentCopies(), "replication.concurrent-copies");
        rules.positive(scenario.replication().offerTimeout(), "replication.offer-timeout");
        upkeep(scenario, rules);
    }

    private static void known(String design, Choice<?> choice, String path, Rules rules) {
        if (choice.knows(design)) return;
        String close = NearMiss.of(design, choice.labels());
        rules.add(
                path,
                "got \"" + design + "\", expected one of " + String.join(", ", choice.labels()) + choice.hint()
                        + "; write "
                        + (close == null ? choice.labels().iterator().next() : close));
    }

    private static void upkeep(Scenario scenario, Rules rules) {
        ReplicationConfig.Sync sync = scenario.replication().sync();
        String at = "replication.sync.";
        rules.atLeastOne(sync.among(), at + "among");
        rules.positive(sync.every().min(), at + "every.min");
        rules.positive(sync.timeout(), at + "timeout");
        rules.positive(sync.verifyTimeout(), at + "verify-timeout");
        rules.positive(sync.fetchTimeout(), at + "fetch-timeout");
        rules.atLeastOne(sync.concurrentFetches(), at + "concurrent-fetches");
        rules.must(
                sync.peers() == 0 || scenario.replication().copies() > 0,
                at + "peers",
                "got neighbours to compare with, but replication.copies is 0, so no chunk concerns anybody; write 0");
        rules.positive(scenario.replication().audit().every().min(), "replication.audit.every.min");
        rules.positive(scenario.replication().audit().timeout(), "replication.audit.timeout");
        rules.positive(scenario.dht().hints().every().min(), "dht.hints.every.min");
    }

    private static void upload(Scenario scenario, Rules rules) {
        UploadConfig upload = scenario.workload().upload();
        String at = "workload.upload.";
        rules.must(upload.fileSize().count() > 0, at + "file-size", "got an empty file, expected bytes; write 50MB");
        rules.must(upload.chunkSize().count() >= 1024, at + "chunk-size", "got less than 1KiB; write 4MiB");
        rules.must(
                upload.fileSize().count() / Math.max(1, upload.chunkSize().count()) <= 1_000_000,
                at + "file-size",
                "got more than a million chunks; write a smaller file or a larger chunk-size");
        rules.must(
                upload.chunkSize().count() < scenario.transport().maxFrame().count(),
                at + "chunk-size",
                "got a chunk that does not fit a frame; write less than transport.max-frame");
        rules.must(
                upload.chunkSize().count() <= scenario.store().capacity().count(),
                "store.capacity",
                "got less room than one chunk takes; write at least workload.upload.chunk-size");
        rules.atLeastOne(upload.concurrentQuotes(), at + "concurrent-quotes");
        rules.atLeastOne(upload.concurrentStores(), at + "concurrent-stores");
        rules.atLeastOne(upload.storesNeeded(), at + "stores-needed");
        rules.atLeastOne(upload.waveSize(), at + "wave-size");
        rules.atLeastOne(upload.rounds(), at + "rounds");
        rules.positive(upload.quoteTimeout(), at + "quote-timeout");
        rules.positive(upload.quoteDeadline(), at + "quote-deadline");
        rules.positive(upload.storeTimeout(), at + "store-timeout");
        notMore(upload.storesNeeded(), upload.quotesNeeded(), at + "stores-needed", at + "quotes-needed", rules);
        notMore(upload.quotesNeeded(), upload.quotePeers(), at + "quotes-needed", at + "quote-peers", rules);
        notMore(upload.quotePeers(), upload.lookupCount(), at + "quote-peers", at + "lookup-count", rules);
        rules.must(
                scenario.workload().uploaders().count() == 0
                        || upload.quotesNeeded() <= scenario.nodes().count(),
                at + "quotes-needed",
                "got " + upload.quotesNeeded() + ", but there are only "
                        + scenario.nodes().count() + " nodes to ask, so that no upload can succeed; write more nodes");
    }

    private static void notMore(int less, int more, String lessPath, String morePath, Rules rules) {
        rules.must(
                less <= more,
                lessPath,
                "got " + less + ", more than the " + more + " of " + morePath + "; write " + more + " or less");
    }

    /** Names given twice. */
    static Set<Integer> repeated(List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<Integer> repeated = new java.util.TreeSet<>();
        for (int i = 0; i < names.size(); i++) if (!seen.add(names.get(i))) repeated.add(i);
        return repeated;
    }
}
