package dev.kilonode.simulator.scenario;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.upload.FileChunker;
import dev.kilonode.node.upload.UploadConfig;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage.PutRequest;
import dev.kilonode.node.wire.ChunkMessage.QuoteReply;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.IdentityAnnounce;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.NetworkConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether frames can cross the modelled links while their senders wait. In virtual time a frame passes the sender's uplink, then the path,
 * then the receiver's downlink, one after another. The sender waits from the moment at which the frame has left its uplink:
 * {@code network.acknowledgement}, and longer for a larger frame by {@code network.acknowledgement-rate}. Path, downlink and the way back
 * of the acknowledgement have to fit into that time. Wall time models no bandwidth.
 */
public final class FrameCrossing {

    /**
     * A setting that keeps frames from crossing in time.
     *
     * @param path the setting
     * @param words what was found, what follows, and what to write
     * @param brief the same in a few words, for a sentence in which {@code path} has not been named
     */
    public record Obstacle(String path, String words, String brief) {}

    /**
     * A frame on its way to a receiver.
     *
     * @param name such as {@code a chunk}
     * @param path one way, in nanoseconds and without jitter, from where it takes longest
     */
    private record Load(String name, int bytes, double path) {}

    /**
     * Hosts that receive frames.
     *
     * @param path the setting of their downlink
     * @param hosts whether faults of hosts hit them
     * @param down bytes per second
     */
    private record Receiver(String path, String region, boolean hosts, double down, List<Load> loads) {}

    /** What a fault multiplies. */
    private record Conditions(double bandwidth, double latency) {
        static final Conditions CALM = new Conditions(1, 1);
    }

    private static final double DATAGRAM_BYTES = 1_200;
    private static final MathContext SHOWN = new MathContext(3, RoundingMode.CEILING);

    /** Covers the rounding errors of a value that is written as one that is enough. */
    private static final double ENOUGH = 1 + 1e-6;

    private final Scenario scenario;
    private final NetworkConfig network;
    private final UploadConfig upload;
    private final boolean uploads;
    private final int announceBytes;
    private final int quoteBytes;
    private final int chunkBytes;
    private final List<Receiver> receivers = new ArrayList<>();

    private FrameCrossing(Scenario scenario) {
        this.scenario = scenario;
        network = scenario.network();
        upload = scenario.workload().upload();
        uploads = scenario.workload().uploaders().count() > 0;
        EnvelopeCodec codec = new EnvelopeCodec(
                SignatureScheme.named(scenario.identity().algorithm()),
                Math.toIntExact(scenario.transport().maxFrame().count()));
        PeerId any = PeerId.of(new byte[PeerId.BYTES]);
        announceBytes = codec.sizeOf(IdentityAnnounce.INSTANCE);
        quoteBytes = codec.sizeOf(new QuoteReply(1, any, 0));
        long largest = (upload.fileSize().count() + chunks() - 1) / chunks();
        chunkBytes = codec.sizeOf(new PutRequest(1, new Chunk(any, Math.toIntExact(largest), null)));
        for (int i = 0; i < scenario.hosts().size(); i++) receivers.add(hosts(i));
        if (uploads) receivers.add(clients());
    }

    private int chunks() {
        return new FileChunker(upload.chunkSize().count())
                .count(upload.fileSize().count());
    }

    private Receiver hosts(int number) {
        HostGroup group = scenario.hosts().get(number);
        Set<String> nodes = new LinkedHashSet<>();
        for (HostGroup other : scenario.hosts()) nodes.add(other.region());
        Set<String> uploaders = uploads ? Set.of(scenario.workload().uploaders().region()) : Set.of();
        Set<String> all = new LinkedHashSet<>(nodes);
        all.addAll(uploaders);
        List<Load> loads = new ArrayList<>();
        loads.add(load("an identity announce", announceBytes, all, group.region()));
        if (uploads) {
            Set<String> storers = scenario.replication().copies() > 0 ? all : uploaders;
            loads.add(load("a chunk", chunkBytes, storers, group.region()));
        }
        return new Receiver(
                "hosts[" + number + "].down", group.region(), true, group.down().bytesPerSecond(), loads);
    }

    private Receiver clients() {
        Uploaders clients = scenario.workload().uploaders();
        Set<String> nodes = new LinkedHashSet<>();
        for (HostGroup group : scenario.hosts()) nodes.add(group.region());
        return new Receiver(
                "workload.uploaders.down",
                clients.region(),
                false,
                clients.down().bytesPerSecond(),
                List.of(load("a quote", quoteBytes, nodes, clients.region())));
    }

    private Load load(String name, int bytes, Set<String> from, String to) {
        double longest = from.stream()
                .mapToDouble(region -> network.latencyBetween(region, to).toNanos())
                .max()
                .orElse(0);
        return new Load(name, bytes, longest);
    }

    /** The settings of a scenario because of which frames do not cross in time, or not always; empty in wall time. */
    public static List<Obstacle> obstacles(Scenario scenario) {
        if (scenario.clock() != Clock.VIRTUAL) return List.of();
        FrameCrossing crossing = new FrameCrossing(scenario);
        Map<String, Obstacle> found = new LinkedHashMap<>(); // one for each setting
        for (Receiver receiver : crossing.receivers) {
            crossing.obstacle(receiver).ifPresent(one -> found.putIfAbsent(one.path(), one));
        }
        for (int fault = 0; fault < scenario.faults().size(); fault++) {
            crossing.fault(fault).ifPresent(one -> found.putIfAbsent(one.path(), one));
        }
        crossing.uplink().ifPresent(one -> found.putIfAbsent(one.path(), one));
        return List.copyOf(found.values());
    }

    /** The slowest downlink of the network's nodes, and how long a chunk takes over it if no other frame shares it. */
    public static String slowestDownlink(Scenario scenario) {
        FrameCrossing crossing = new FrameCrossing(scenario);
        Receiver slowest = crossing.receivers.stream()
                .filter(Receiver::hosts)
                .min(Comparator.comparingDouble(Receiver::down))
                .orElseThrow();
        return slowest.path() + ", " + bandwidth(slowest.down()) + ", which a chunk passes in "
                + seconds(crossing.chunkBytes / slowest.down() * 1e9, RoundingMode.CEILING)
                + " if no other shares it";
    }

    // Times in nanoseconds

    /** How long the sender waits, as the virtual network computes it. */
    private double patience(Load load) {
        return network.acknowledgement().toNanos()
                + load.bytes() * 1e9 / network.acknowledgementRate().bytesPerSecond();
    }

    /** The path and back, without jitter. */
    private static double roundTrip(Load load, Conditions at) {
        return 2 * load.path() * at.latency();
    }

    private double jitter() {
        return 1 + network.jitter().value();
    }

    private static double passing(Receiver to, Load load, Conditions at) {
        return load.bytes() * 1e9 / (to.down() * at.bandwidth());
    }

    /** The delay of a frame of so many packets that it probably loses one. */
    private double retransmission(Load load) {
        double none = StrictMath.pow(1 - network.loss().value(), StrictMath.ceil(load.bytes() / DATAGRAM_BYTES));
        return none < 0.5 ? network.retransmit().toNanos() : 0;
    }

    /** What the path leaves of the patience for the downlink, at worst. */
    private double left(Load load, Conditions at) {
        return patience(load) - retransmission(load) - roundTrip(load, at) * jitter();
    }

    private boolean neverCrosses(Receiver to, Load load, Conditions at) {
        return passing(to, load, at) + retransmission(load) + roundTrip(load, at) > patience(load);
    }

    private boolean mayNotCross(Receiver to, Load load, Conditions at) {
        return passing(to, load, at) > left(load, at);
    }

    private Optional<Obstacle> obstacle(Receiver to) {
        Conditions calm = Conditions.CALM;
        Load load = to.loads().stream()
                .filter(one -> mayNotCross(to, one, calm))
                .findFirst()
                .orElse(null);
        if (load == null) return Optional.empty();
        String enough = acknowledgement(to);
        if (to.loads().stream().anyMatch(one -> left(one, calm) <= 0)) {
            return Optional.of(new Obstacle(
                    "network.acknowledgement",
                    "got " + Durations.text(network.acknowledgement()) + ", with which " + story(to, load, calm)
                            + "; write " + enough + " or more",
                    "with network.acknowledgement: " + Durations.text(network.acknowledgement()) + " the " + waits(load)
                            + " are less than the path and back take; write " + enough + " or more"));
        }
        double needed = to.loads().stream()
                .mapToDouble(one -> one.bytes() * 1e9 / left(one, calm))
                .max()
                .orElse(0);
        return Optional.of(new Obstacle(
                to.path(),
                "got " + bandwidth(to.down()) + ", over which " + story(to, load, calm) + "; write "
                        + bandwidth(needed * ENOUGH) + " or more, or network.acknowledgement: " + enough,
                to.path() + " of " + bandwidth(to.down()) + " is too slow for the " + waits(load) + "; write "
                        + bandwidth(needed * ENOUGH) + " or more"));
    }

    private String waits(Load load) {
        return seconds(patience(load), RoundingMode.FLOOR) + " that a sender waits for " + load.name();
    }

    /** The value of network.acknowledgement with which every frame crosses. */
    private String acknowledgement(Receiver to) {
        double missing = to.loads().stream()
                .mapToDouble(load -> passing(to, load, Conditions.CALM) - left(load, Conditions.CALM))
                .max()
                .orElse(0);
        double millis = network.acknowledgement().toNanos() / 1e6 + missing / 1e6;
        return Durations.text(Duration.ofMillis(
                new BigDecimal(StrictMath.ceil(millis)).round(SHOWN).longValueExact()));
    }

    private String story(Receiver to, Load load, Conditions at) {
        boolean never = neverCrosses(to, load, at);
        double trip = roundTrip(load, at) * (never ? 1 : jitter());
        double whole = retransmission(load) + trip + passing(to, load, at);
        return load.name() + " of " + load.bytes() + " bytes needs " + (never ? "" : "up to ")
                + seconds(whole, RoundingMode.CEILING) + " until it is acknowledged, "
                + seconds(trip, RoundingMode.CEILING) + " of it on the path and back, while its sender waits "
                + seconds(patience(load), RoundingMode.FLOOR) + " and gives "
                + (never ? "every one up" : "some of them up");
    }

    private Optional<Obstacle> fault(int number) {
        Fault fault = scenario.faults().get(number);
        boolean throttle = fault instanceof Fault.Throttle;
        if (!throttle && !(fault instanceof Fault.Latency)) return Optional.empty();
        double factor = ((Fault.Scaled) fault).factor();
        Conditions at = throttle ? new Conditions(1 / factor, 1) : new Conditions(1, factor);
        String region = fault.occurrence().region();
        for (Receiver to : receivers) {
            boolean hit = to.hosts() && (region.equals("any") || region.equals(to.region()));
            boolean slowAnyway = to.loads().stream().anyMatch(load -> mayNotCross(to, load, Conditions.CALM));
            Load load = to.loads().stream()
                    .filter(one -> neverCrosses(to, one, at))
                    .findFirst()
                    .orElse(null);
            if (!hit || slowAnyway || load == null) continue;
            return Optional.of(new Obstacle(
                    "faults[" + number + "].factor",
                    "got " + plain(factor)
                            + (throttle ? ", which leaves " + to.path() + " " + bandwidth(to.down() / factor) : "")
                            + ", with which " + story(to, load, at) + "; write " + largestFactor(to, throttle)
                            + " or less",
                    "faults[" + number + "].factor of " + plain(factor) + " makes "
                            + (throttle ? to.path() + " too slow" : "the path and back too long") + " for the "
                            + waits(load) + "; write " + largestFactor(to, throttle) + " or less"));
        }
        return Optional.empty();
    }

    /** The largest factor of a fault with which every frame crosses. */
    private String largestFactor(Receiver to, boolean throttle) {
        double largest = to.loads().stream()
                .mapToDouble(load -> {
                    double passing = passing(to, load, Conditions.CALM);
                    return throttle
                            ? left(load, Conditions.CALM) / passing
                            : (patience(load) - retransmission(load) - passing)
                                    / (roundTrip(load, Conditions.CALM) * jitter());
                })
                .min()
                .orElse(1);
        return plain(new BigDecimal(largest / ENOUGH)
                .round(new MathContext(2, RoundingMode.FLOOR))
                .doubleValue());
    }

    /** The uplink of clients, if no upload passes it before the run ends. */
    private Optional<Obstacle> uplink() {
        if (!uploads) return Optional.empty();
        Uploaders clients = scenario.workload().uploaders();
        double bytes = (double) chunks() * upload.storesNeeded() * chunkBytes;
        double nanos = bytes * 1e9 / clients.up().bytesPerSecond();
        double leftNanos = scenario.duration().minus(clients.startAfter()).toNanos();
        if (leftNanos <= 0 || nanos <= leftNanos) return Optional.empty();
        return Optional.of(new Obstacle(
                "workload.uploaders.up",
                "got " + bandwidth(clients.up().bytesPerSecond()) + ", over which the " + upload.storesNeeded()
                        + " copies of the chunks of one file take " + seconds(nanos, RoundingMode.CEILING)
                        + ", longer than the rest of the run, so that no upload ends; write "
                        + bandwidth(bytes * 1e9 / leftNanos * ENOUGH)
                        + " or more, or a smaller workload.upload.file-size",
                "workload.uploaders.up of " + bandwidth(clients.up().bytesPerSecond()) + " needs "
                        + seconds(nanos, RoundingMode.CEILING)
                        + " for one file, longer than the rest of the run; write "
                        + bandwidth(bytes * 1e9 / leftNanos * ENOUGH) + " or more"));
    }

    // Text; what is proposed is rounded so that it is enough

    private static String bandwidth(double bytesPerSecond) {
        double bits = 8 * bytesPerSecond;
        double unit = bits >= 1e9 ? 1e9 : bits >= 1e6 ? 1e6 : 1e3;
        String value = new BigDecimal(bits / unit)
                .setScale(6, RoundingMode.HALF_UP)
                .round(SHOWN)
                .stripTrailingZeros()
                .toPlainString();
        return value + (unit == 1e9 ? "Gbps" : unit == 1e6 ? "Mbps" : "kbps");
    }

    private static String seconds(double nanos, RoundingMode rounding) {
        boolean small = nanos < 1e9;
        BigDecimal value = new BigDecimal(nanos / (small ? 1e6 : 1e9)).setScale(small ? 0 : 2, rounding);
        return value.toPlainString() + (small ? "ms" : "s");
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
