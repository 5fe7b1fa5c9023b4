package dev.kilonode.benchmarks;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.transport.SimulatedSigner;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.Topic;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One inbound message from the endpoint through dispatcher, shard, registry and handler pool to its handler, with default settings and
 * without a world: work, timers and signatures cost nothing, so that what is left is the transport itself. Messages that arrive alone find
 * every queue empty; those of a burst wait for each other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InboundMessageBenchmark {

    private static final int BURST = 16;

    private final DeferredRuntime runtime = new DeferredRuntime();
    private final SilentEndpoint endpoint = new SilentEndpoint(new NodeAddress(1, 7000), new AtomicReference<>());
    private final Connection connection = SilentEndpoint.End.accepted(new NodeAddress(2, 7000));
    private final EndpointListener listener;
    private final Frame frame;
    private long handled;

    public InboundMessageBenchmark() {
        LoadedScenario loaded = defaults();
        Scenario scenario = loaded.scenario();
        EnvelopeCodec codec = new EnvelopeCodec(SignatureScheme.ED25519, 1 << 20);
        SplittableRandom random = new SplittableRandom(1);
        Transport transport = new Transport(
                runtime,
                endpoint,
                new SimulatedSigner(PeerId.random(random), codec),
                false,
                loaded.transportDesigns(),
                scenario.transport(),
                scenario.identity(),
                NodeObserver.NONE);
        transport.subscribe(Topic.DHT, (from, message, done) -> {
            handled++;
            done.run();
        });
        frame = new SimulatedSigner(PeerId.random(random), codec)
                .seal(new DhtMessage.Ping(1), false, runtime.unixSeconds());
        listener = Objects.requireNonNull(endpoint.listener().get());
        listener.connected(connection);
        runtime.drain();
        if (burst() < BURST) throw new IllegalStateException("handled " + handled + " of " + BURST + " messages");
    }

    private static LoadedScenario defaults() {
        try {
            Path file = Files.createTempFile("inbound", ".yaml");
            Files.writeString(file, "name: inbound\nduration: 1h\n");
            LoadedScenario loaded = new ScenarioLoader().load(file);
            Files.delete(file);
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public long alone() {
        listener.received(connection, frame);
        runtime.drain();
        return handled;
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public long burst() {
        for (int i = 0; i < BURST; i++) listener.received(connection, frame);
        runtime.drain();
        return handled;
    }
}
