package dev.kilonode.simulator.scenario;

import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Estimates the resources that a run needs on this machine, from the scenario alone. Estimates err on the high side for memory and
 * descriptors, and are accurate to a factor of two for events and minutes.
 */
public final class ResourceEstimate {

    /** The need of one resource. @param remedy what to do; empty if there is enough */
    public record Need(String what, String wanted, String present, Grade grade, String remedy) {}

    /** Severity of a shortage. */
    public enum Grade {
        OK,
        /** The run works, but may yield less. */
        WARN,
        /** The run cannot work. */
        FAIL
    }

    /**
     * The resources of this machine.
     *
     * @param heapBytes largest heap of this JVM
     * @param descriptors most file descriptors that this process may open
     * @param diskBytes free space where the run would store chunks
     */
    public record Machine(long heapBytes, int cores, long descriptors, long diskBytes) {}

    private static final int MOST_NEIGHBOURS = 300;
    private static final int JVM_THREADS = 16;
    private static final int JVM_DESCRIPTORS = 100;
    private static final double EVENTS_PER_MESSAGE = 4.5;
    private static final double EVENTS_PER_SECOND = 1.6e6;
    private static final double FIT_SHARE = 0.7;

    /** Longer runs count as a thousand years. */
    private static final double MOST_SECONDS = 365.0 * 86_400 * 1000;

    /** Bytes of the chunk file per byte of chunks; measured, see docs/adr/0011-chunks-on-disk.md. */
    private static final double FILE_PER_BYTE = 3;

    private final Scenario scenario;
    private final Machine machine;
    private final boolean wall;
    private final LinkProvider link;
    private final int parts;
    private final long nodes;
    private final long clients;

    private ResourceEstimate(Scenario scenario, LinkProvider link, Machine machine, int parts) {
        this.scenario = scenario;
        this.machine = machine;
        wall = scenario.clock() == Clock.WALL;
        this.link = link;
        this.parts = parts;
        nodes = share(scenario.nodes().count());
        clients = share(scenario.workload().uploaders().count());
    }

    /** @param link the link that the scenario names */
    public static List<Need> of(Scenario scenario, LinkProvider link, Machine machine) {
        return of(scenario, link, machine, 1);
    }

    /**
     * The needs of one of several processes.
     *
     * @param parts the number of equal parts of the run, of which each process runs one
     */
    public static List<Need> of(Scenario scenario, LinkProvider link, Machine machine, int parts) {
        ResourceEstimate plan = new ResourceEstimate(scenario, link, machine, parts);
        List<Need> needs = new ArrayList<>();
        needs.add(plan.memory());
        needs.add(plan.descriptors());
        needs.add(plan.threads());
        if (plan.wall) needs.add(plan.ports());
        if (scenario.keepsChunksOnDisk()) needs.add(plan.disk());
        needs.add(plan.events());
        needs.add(plan.minutes());
        if (plan.wall) needs.add(plan.processors());
        return List.copyOf(needs);
    }

    private long share(long all) {
        return (all + parts - 1) / parts;
    }

    /** Connections of this process, each with two ends, which may be in another, once every node has met its peers. */
    private long connections() {
        return nodes * Math.min(ExpectedTraffic.peersMet(scenario), MOST_NEIGHBOURS) / 2
                + clients * Math.min(scenario.nodes().count(), MOST_NEIGHBOURS);
    }

    private Need memory() {
        long heap = share(MemoryEstimate.bytes(scenario));
        if (wall) heap += connections() * link.cost().heapBytes();
        long mib = heap >> 20;
        long present = machine.heapBytes() >> 20;
        String wanted = mib + " MiB of heap"
                + (wall ? " and " + (connections() * link.cost().nativeBytes() >> 20) + " MiB outside it" : "");
        if (mib <= present) return new Need("memory", wanted, present + " MiB", Grade.OK, "");
        return new Need(
                "memory",
                wanted,
                present + " MiB",
                Grade.FAIL,
                nodes + " nodes need about " + mib + " MiB of heap, this JVM has " + present
                        + "; write KILONODE_JAVA_OPTS=-Xmx" + (mib / 1024 + 1) + "g ./kilonode ..., or --scale "
                        + String.format(Locale.ROOT, "%.2f", Math.max(0.01, 0.9 * present / mib)));
    }

    private Need descriptors() {
        long sockets = !wall
                ? 0
                : switch (link.sockets()) {
                    case NONE -> 0;
                    case TCP -> nodes + clients + 2 * connections();
                    case UDP -> nodes + clients;
                };
        long wanted = sockets + JVM_DESCRIPTORS;
        long present = machine.descriptors();
        String limit = present == Long.MAX_VALUE ? "no known limit" : present + " allowed";
        if (wanted <= present) return new Need("descriptors", "up to " + wanted, limit, Grade.OK, "");
        return new Need(
                "descriptors",
                "up to " + wanted,
                limit,
                Grade.FAIL,
                "too few file descriptors: " + nodes + " nodes on "
                        + link.label()
                        + " open up to " + wanted + ", this process may open " + present + "; write ulimit -n " + wanted
                        + " before the run (as root, or up to ulimit -Hn), or --set wall.link=memory"
                        + (link.sockets() == SocketKind.UDP ? "" : " or quic") + ", or --scale "
                        + String.format(Locale.ROOT, "%.2f", Math.max(0.01, Math.sqrt(0.9 * present / wanted))));
    }

    private Need threads() {
        int own = wall ? 1 + scenario.wall().workers() + scenario.wall().loops() : 1;
        return new Need("threads", own + ", and about " + JVM_THREADS + " of the JVM", "", Grade.OK, "");
    }

    private Need ports() {
        long hosts = scenario.hosts().stream().mapToLong(group -> group.count()).sum();
        return new Need(
                "ports",
                link.sockets() == SocketKind.NONE
                        ? "none"
                        : (nodes + hosts - 1) / hosts + " from 10000 on each of " + hosts + " addresses from "
                                + scenario.wall().firstAddress(),
                "",
                Grade.OK,
                "");
    }

    private Need disk() {
        long copies = Math.min(
                nodes,
                scenario.workload().upload().quotesNeeded()
                        + scenario.replication().copies());
        double chunks = Math.min(
                uploads() * scenario.workload().upload().fileSize().count() * copies,
                (double) nodes * scenario.store().capacity().count());
        long mib = (long) (chunks * FILE_PER_BYTE) >> 20;
        long present = machine.diskBytes() >> 20;
        String where = scenario.store().directory().isEmpty()
                ? "beside the results"
                : "in " + scenario.store().directory();
        boolean fits = mib <= present;
        return new Need(
                "disk",
                "up to " + mib + " MiB " + where,
                present + " MiB free",
                fits ? Grade.OK : Grade.WARN,
                fits
                        ? ""
                        : "a full disk makes nodes refuse chunks; write --set store.directory=DIR with a folder on a"
                                + " larger one, or --set store.medium=memory");
    }

    private double uploads() {
        return clients
                * scenario.duration().toSeconds()
                / Math.max(1.0, scenario.workload().uploaders().every().toSeconds());
    }

    /** Number of messages in the whole run: notifications, lookups of all kinds, uploads. */
    private double messages() {
        double seconds = scenario.duration().toMillis() / 1e3;
        var dht = scenario.dht();
        double lookup = 3.0 * Math.min(nodes, 2L * dht.k());
        double perNode = dht.notifications().rate().perSecond() + ExpectedTraffic.lookupsPerSecond(dht) * lookup;
        var upload = scenario.workload().upload();
        double chunks = Math.ceil(
                (double) upload.fileSize().count() / upload.chunkSize().count());
        double perChunk = 2 * lookup + 2 * upload.quotePeers() + 60;
        double joining = nodes * 3.0 * Math.min(ExpectedTraffic.peersMet(scenario), MOST_NEIGHBOURS);
        return nodes * seconds * perNode + uploads() * (chunks * perChunk + 4.0 * Math.min(nodes, 60)) + joining;
    }

    private static String count(double many) {
        if (many >= 1e6) return String.format(Locale.ROOT, "%.1f million", many / 1e6);
        return String.format(Locale.ROOT, "%.0f thousand", Math.ceil(many / 1e3));
    }

    private Need events() {
        String many = count(messages() * EVENTS_PER_MESSAGE);
        return new Need(wall ? "messages" : "events", "about " + (wall ? count(messages()) : many), "", Grade.OK, "");
    }

    private Need minutes() {
        Duration length = wall
                ? scenario.duration()
                : Duration.ofSeconds(
                        (long) Math.min(5 + messages() * EVENTS_PER_MESSAGE / EVENTS_PER_SECOND, MOST_SECONDS));
        return new Need("time", (wall ? "" : "about ") + Durations.text(length), "", Grade.OK, "");
    }

    private Need processors() {
        boolean mldsa = scenario.identity().algorithm().equals("ML-DSA-65");
        double micros = (mldsa ? 400 : 90) + link.cost().microsPerMessage();
        double cores =
                messages() * micros / 1e6 / Math.max(1, scenario.duration().toSeconds());
        String wanted = String.format(Locale.ROOT, "about %.1f cores on average", cores);
        boolean fits = cores <= FIT_SHARE * machine.cores();
        return new Need(
                "processors",
                wanted,
                machine.cores() + " cores",
                fits ? Grade.OK : Grade.WARN,
                fits
                        ? ""
                        : "the results would measure the tester, not the network; write --set"
                                + " identity.algorithm=Ed25519, or --scale "
                                + String.format(
                                        Locale.ROOT, "%.2f", Math.max(0.01, FIT_SHARE * machine.cores() / cores)));
    }
}
