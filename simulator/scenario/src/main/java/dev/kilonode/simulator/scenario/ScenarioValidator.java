package dev.kilonode.simulator.scenario;

import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.upload.UploadConfig;
import dev.kilonode.simulator.plugins.Choice;
import dev.kilonode.simulator.plugins.Designs;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.WallConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Validates a scenario's values beyond their types: conditions between several values. */
final class ScenarioValidator {
    static final List<String> ALGORITHMS = List.of("ML-DSA-65", "Ed25519");
    private static final int MAX_WINDOWS = 20_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int MOST_HOSTS = 10_000_000;

    /** Ports from 10,000 on; the rest is for nodes that change their port. */
    private static final int MOST_PORTS = 50_000;

    /** Files uploaded in wall time have content. */
    static final long MOST_CONTENT_BYTES = 1 << 30;

    private final Designs designs;

    ScenarioValidator(Designs designs) {
        this.designs = designs;
    }

    /**
     * @param problems collects violated conditions
     * @param warnings collects probable mistakes
     */
    void validate(Scenario scenario, MergedValues values, Problems problems, Problems warnings) {
        Rules rules = new Rules(values, problems, warnings);
        run(scenario, rules);
        nodes(scenario, rules);
        new WorldRules(rules).check(scenario);
        wall(scenario, rules);
        transport(scenario, rules);
        invariants(scenario, rules);
        upload(scenario, rules);
        new LoadRules(rules, designs.links()).check(scenario);
        new CheckRules(rules, scenario).check();
        if (problems.none()) new LikelyMistakes(rules, scenario).look();
    }

    private static void run(Scenario scenario, Rules rules) {
        rules.must(
                scenario.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                "name",
                "got \"" + scenario.name()
                        + "\", expected letters, digits, dots, dashes and underscores, at most 100; write name:"
                        + " my-scenario");
        Duration duration = scenario.duration();
        Duration window = scenario.metrics().window();
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
        rules.must(
                nodes.bootstraps() <= Math.max(1, nodes.count()),
                "nodes.bootstraps",
                "got " + nodes.bootstraps() + " of " + nodes.count() + " nodes; write " + nodes.count() + " or less");
        rules.must(
                nodes.joinOver().compareTo(scenario.duration()) <= 0,
                "nodes.join-over",
                "got longer than the run; write " + Durations.text(scenario.duration()) + " or less");
        long hosts = scenario.hosts().stream().mapToLong(HostGroup::count).sum();
        rules.must(
                hosts <= MOST_HOSTS,
                "hosts",
                "got " + hosts + " hosts in all groups, expected at most " + MOST_HOSTS + "; write smaller counts");
        rules.must(
                hosts * nodes.perHost() >= nodes.count(),
                "nodes.count",
                "got " + nodes.count() + " nodes, but " + hosts + " hosts with " + nodes.perHost() + " each hold only "
                        + hosts * nodes.perHost() + "; write hosts for "
                        + rounded(nodes.count(), nodes.perHost()) + " machines or a larger nodes.per-host");
        rules.must(
                rounded(nodes.count(), hosts) <= MOST_PORTS,
                "nodes.count",
                "got " + rounded(nodes.count(), hosts) + " nodes on a host, more than the " + MOST_PORTS
                        + " ports that it has; write more hosts");
    }

    private static long rounded(long nodes, long each) {
        return (nodes + each - 1) / each;
    }

    private void wall(Scenario scenario, Rules rules) {
        WallConfig wall = scenario.wall();
        known(wall.link(), designs.links(), "wall.link", rules);
        zeroOrMore(wall.keepAlive(), "wall.keep-alive", rules);
        zeroOrMore(wall.collect(), "wall.collect", rules);
        long hosts = scenario.hosts().stream().mapToLong(HostGroup::count).sum()
                + scenario.workload().uploaders().count()
                + scenario.faults().stream()
                        .filter(fault -> fault instanceof Fault.Attack)
                        .count();
        String wrong = wall.wrongAddress(hosts);
        rules.must(wrong.isEmpty(), "wall.first-address", wrong);
    }

    private static void zeroOrMore(Duration value, String path, Rules rules) {
        rules.must(
                value.isZero() || value.compareTo(SHORTEST) >= 0,
                path,
                "got " + Durations.text(value) + ", expected 0s or at least 1ms; write 10s");
    }

    private void transport(Scenario scenario, Rules rules) {
        TransportConfig transport = scenario.transport();
        known(transport.registry(), designs.registries(), "transport.registry", rules);
        known(transport.dispatch(), designs.dispatches(), "transport.dispatch", rules);
        rules.oneOf(scenario.identity().algorithm(), ALGORITHMS, "identity.algorithm");
        upkeep(scenario, rules);
    }

    private void invariants(Scenario scenario, Rules rules) {
        String registry = scenario.transport().registry();
        List<String> unwatched = Arrays.stream(Invariant.values())
                .filter(invariant -> invariant.readsRegistry()
                        && !scenario.exemptInvariants().contains(invariant))
                .map(Invariant::label)
                .toList();
        rules.must(
                scenario.invariants() != InvariantMode.STRICT
                        || unwatched.isEmpty()
                        || !designs.registries().labels().contains(registry)
                        || designs.registries().named(registry).canEnumerate(),
                "invariants",
                () -> "got strict, but the registry design " + registry + " cannot enumerate its maps, so that "
                        + String.join(", ", unwatched) + " cannot be watched; write invariants: warn, or"
                        + " exempt-invariants: [" + String.join(", ", unwatched) + "], or let the design implement"
                        + " PeerRegistry.enumerate and RegistryProvider.canEnumerate");
    }

    private static void known(String design, Choice<?> choice, String path, Rules rules) {
        if (choice.knows(design)) return;
        String close = Suggestions.of(design, choice.labels());
        rules.add(
                path,
                "got \"" + design + "\", expected one of " + String.join(", ", choice.labels()) + choice.hint()
                        + "; write "
                        + (close == null ? choice.labels().iterator().next() : close));
    }

    private static void upkeep(Scenario scenario, Rules rules) {
        ReplicationConfig.Sync sync = scenario.replication().sync();
        rules.must(
                sync.peers() == 0 || scenario.replication().copies() > 0,
                "replication.sync.peers",
                "got neighbours to compare with, but replication.copies is 0, so no chunk is to be compared; write 0");
    }

    private static void upload(Scenario scenario, Rules rules) {
        UploadConfig upload = scenario.workload().upload();
        String at = "workload.upload.";
        rules.must(
                upload.fileSize().count() / upload.chunkSize().count() < 1_000_000,
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
        rules.must(
                scenario.clock() == Clock.VIRTUAL || upload.fileSize().count() <= MOST_CONTENT_BYTES,
                at + "file-size",
                "got more than 1GiB in wall time, where files have content; write 1GiB or less");
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

    /** Indices of names that occur before. */
    static Set<Integer> repeated(List<String> names) {
        Set<String> seen = new HashSet<>();
        Set<Integer> repeated = new java.util.TreeSet<>();
        for (int i = 0; i < names.size(); i++) if (!seen.add(names.get(i))) repeated.add(i);
        return repeated;
    }
}
