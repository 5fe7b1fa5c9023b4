package dev.kilonode.benchmarks;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.transport.CryptographicSigner;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.RefusedException;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.MalformedFrameException;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.harness.ScenarioWorlds;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What the whole transport of wall time carries, for {@code benchmarks/transport.sh}: nodes without a protocol above, each of which
 * connects to as many others and exchanges identities with them, and then, where seconds are given, asks others for chunks of 1 KiB.
 * Prints the seconds until all are connected and identified, requests a second, and microseconds of processor time a request.
 * Arguments: scenario, connections each node dials, whether messages are signed, requests under way, seconds, and overrides.
 */
final class TransportBenchmark {

    private static final int CHUNK_BYTES = 1024;
    private static final int MOST_DIALS = 256;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final World world;
    private final List<Transport> nodes = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final int degree;

    private TransportBenchmark(World world, int degree) {
        this.world = world;
        this.degree = degree;
        for (int loop = 0; loop < world.loops(); loop++) parts.add(new Part(loop));
    }

    public static void main(String[] arguments) throws Exception {
        List<ValueOverride> overrides = Arrays.stream(arguments)
                .skip(5)
                .map(text -> ValueOverride.parse("benchmark", text))
                .toList();
        LoadedScenario loaded = new ScenarioLoader().load(Path.of(arguments[0]), overrides);
        World world = ScenarioWorlds.of(loaded, 1);
        TransportBenchmark benchmark = new TransportBenchmark(world, Integer.parseInt(arguments[1]));
        benchmark.addNode(loaded, arguments[2].equals("signed"));
        double connectSeconds = benchmark.connect();
        double seconds = Double.parseDouble(arguments[4]);
        Rate rate = seconds == 0 ? Rate.NONE : benchmark.ask(Integer.parseInt(arguments[3]), seconds);
        System.out.println(
                String.format(Locale.ROOT, "%.2f %.0f %.1f", connectSeconds, rate.perSecond(), rate.cpuMicros()));
        System.out.flush();
        Runtime.getRuntime().halt(0); // all sockets with it
    }

    private void addNode(LoadedScenario loaded, boolean signed) {
        Scenario scenario = loaded.scenario();
        String algorithm = scenario.identity().algorithm();
        int maxFrameBytes = (int) scenario.transport().maxFrame().count();
        SignatureScheme scheme = SignatureScheme.named(algorithm);
        EnvelopeCodec codec = new EnvelopeCodec(scheme, maxFrameBytes);
        Seeds seeds = new Seeds(scenario.seed());
        List<Host> hosts = new ArrayList<>();
        RunPlan plan = RunPlan.of(scenario, world.seeds());
        for (PlannedHost host : plan.hosts().subList(0, plan.nodeHosts())) {
            hosts.add(world.addHost(host.number(), host.group()));
        }
        for (int i = 0; i < scenario.nodes().count(); i++) {
            String name = "node-" + i;
            byte[] seed = new byte[SignatureScheme.SEED_BYTES];
            seeds.stream("identity/" + name).nextBytes(seed);
            NodeIdentity identity = NodeIdentity.fromSeed(scheme, seed);
            CryptographicSigner signing = new CryptographicSigner(identity, codec);
            Host host = hosts.get(i % hosts.size());
            NodeHandle place = host.addNode(new NodeSpec(name, signing.self(), identity, false));
            MessageSigner signer = signed ? signing : new PlainSealer(signing, codec);
            Transport node = new Transport(
                    signed ? place.runtime() : new WorkOnTheSpot(place.runtime()),
                    place.endpoint(),
                    signer,
                    false,
                    loaded.transportDesigns(),
                    scenario.transport(),
                    scenario.identity(),
                    NodeObserver.NONE);
            nodes.add(node);
            parts.get(host.loop()).add(i, place.runtime());
            node.subscribe(Topic.CHUNK, (from, message, done) -> {
                if (message instanceof ChunkMessage.GetRequest get) {
                    Chunk chunk = new Chunk(get.chunk(), CHUNK_BYTES, new byte[CHUNK_BYTES]);
                    node.send(from, new ChunkMessage.GetReply(get.requestId(), chunk), null);
                }
                done.run();
            });
        }
        world.runUntil(TimeUnit.SECONDS.toNanos(5)); // keys are made and sockets opened
    }

    private double connect() {
        long startNanos = System.nanoTime();
        for (Part part : parts) part.begin(MOST_DIALS / parts.size(), part::connectNext);
        while (parts.stream().anyMatch(part -> part.connected < part.own.size() * degree)) {
            world.runUntil(world.engine().nowNanos() + STEP_NANOS);
            if (System.nanoTime() - startNanos > 2 * TIMEOUT_NANOS) failed("not all connections came up");
        }
        return (parts.stream().mapToLong(part -> part.connectedNanos).max().orElseThrow() - startNanos) / 1e9;
    }

    private Rate ask(int underWay, double seconds) throws InterruptedException {
        for (Part part : parts) part.begin(underWay / parts.size(), part::askNext);
        long spanNanos = (long) (seconds * 1e9);
        return Rate.measure(this::replies, () -> world.runUntil(world.engine().nowNanos() + spanNanos));
    }

    private long replies() {
        return parts.stream().mapToLong(part -> part.replies).sum();
    }

    /** The nodes of one loop, and what they do. On that loop, and read while it stands still. */
    private final class Part {

        private final SplittableRandom random;
        private final List<Integer> own = new ArrayList<>(); // numbers of its nodes
        private final List<NodeRuntime> runtimes = new ArrayList<>();
        private int begun;
        private int connected;
        private long connectedNanos;
        private long replies;

        Part(int number) {
            random = new SplittableRandom(number);
        }

        void add(int node, NodeRuntime runtime) {
            own.add(node);
            runtimes.add(runtime);
        }

        void begin(int times, Runnable what) {
            for (int i = 0; i < times; i++) runtimes.get(0).callAfter(0, what);
        }

        void connectNext() {
            if (begun == own.size() * degree) return;
            int from = own.get(begun % own.size());
            int hop = 1 + begun++ / own.size();
            nodes.get(from).connect(after(from, hop), (failure, dialNanos, identityNanos) -> {
                if (failure != null) failed("connecting ended with " + failure);
                connected++;
                connectedNanos = System.nanoTime();
                connectNext();
            });
        }

        void askNext() {
            int from = own.get(random.nextInt(own.size()));
            Transport node = nodes.get(from);
            PeerRecord to = after(from, 1 + random.nextInt(degree));
            Message get = new ChunkMessage.GetRequest(node.nextRequestId(), to.id());
            node.request(to, get, TIMEOUT_NANOS, exchange -> {
                if (exchange.failure() != null) failed("a request ended with " + exchange.failure());
                replies++;
                askNext();
            });
        }

        private PeerRecord after(int node, int hops) {
            return nodes.get((node + hops) % nodes.size()).self();
        }
    }

    /** Ends the measurement: what comes after the first failure says nothing. */
    private static void failed(String what) {
        System.err.println("transport benchmark: " + what);
        Runtime.getRuntime().halt(70);
    }

    /** Without signatures there is no work that is worth another thread. */
    private record WorkOnTheSpot(NodeRuntime runtime) implements NodeRuntime {

        @Override
        public long nowNanos() {
            return runtime.nowNanos();
        }

        @Override
        public long unixSeconds() {
            return runtime.unixSeconds();
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            return runtime.schedule(delayNanos, task);
        }

        @Override
        public void wakeUp(Runnable task) {
            runtime.wakeUp(task);
        }

        @Override
        public void run(Work work, Runnable then) {
            work.compute();
            then.run();
        }

        @Override
        public void run(WorkKind kind, long bytes, Runnable then) {
            runtime.run(kind, bytes, then);
        }

        @Override
        public RandomGenerator random() {
            return runtime.random();
        }
    }

    /** Encodes and decodes as a signing sealer does, but neither signs nor verifies. */
    private record PlainSealer(CryptographicSigner signing, EnvelopeCodec codec) implements MessageSigner {

        @Override
        public PeerId self() {
            return signing.self();
        }

        @Override
        public int sizeOf(Message message) {
            return signing.sizeOf(message);
        }

        @Override
        public Frame seal(Message message, boolean client, long unixSeconds) {
            byte[] publicKey = signing.identity().publicKey();
            Envelope envelope = new Envelope(message, self(), unixSeconds, client, publicKey, null);
            return Frame.ofBytes(codec.encode(envelope), message.kind());
        }

        @Override
        public Envelope open(Frame frame) throws RefusedException {
            try {
                return codec.decode(Objects.requireNonNull(frame.bytes()));
            } catch (MalformedFrameException e) {
                throw new RefusedException(RefusalCause.MALFORMED, String.valueOf(e.getMessage()));
            }
        }
    }
}
