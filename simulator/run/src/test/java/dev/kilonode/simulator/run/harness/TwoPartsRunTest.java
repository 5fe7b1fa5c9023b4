package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.Placement;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two parts of one run in wall time, each with a world and a thread of its own, as if they were two processes. */
@Tag("once")
class TwoPartsRunTest {

    private static final long BOUND_MINUTES = 5;
    private static final long UNIX_SECONDS = 1_900_000_000L;

    @TempDir
    Path out;

    /** The least time of the run. */
    private long leastNanos;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    /** The parts that have seen what the test waits for. Each goes on until both have. */
    private final Set<Integer> satisfied = ConcurrentHashMap.newKeySet();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(BOUND_MINUTES, TimeUnit.MINUTES)).isTrue();
    }

    private static LoadedScenario scenario(String... more) {
        List<ValueOverride> values = Stream.concat(
                        Stream.of(
                                "checks=[]",
                                "clock=wall",
                                "wall.loops=1",
                                "wall.first-address=" + Loopback.first(),
                                "identity.algorithm=Ed25519",
                                "hosts=[{name: machines, count: 4}]",
                                "nodes.count=12",
                                "nodes.per-host=12",
                                "nodes.join-over=1s",
                                "duration=4m",
                                "metrics.window=1s",
                                "dht.notifications.rate=2/s",
                                "workload.uploaders.count=2",
                                "workload.uploaders.start-after=1s",
                                "workload.uploaders.start-spread=0s",
                                "workload.uploaders.every=2s",
                                "workload.upload.file-size=40kB",
                                "workload.upload.chunk-size=16KiB",
                                "workload.upload.payment=10ms"),
                        Stream.of(more))
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        return new ScenarioLoader().load(SmallRun.SMOKE, values);
    }

    private SmallRun part(LoadedScenario loaded, Part part, List<String> blocks, long startNanos) throws IOException {
        Scenario scenario = loaded.scenario();
        Manifest manifest = Manifest.starting(
                "test",
                "part-" + part.number(),
                scenario.name(),
                "",
                scenario.seed(),
                "wall",
                scenario.nodes().count(),
                scenario.duration().toMillis(),
                "");
        RunWriter writer = RunWriter.create(
                out.resolve("part-" + part.number()),
                "part",
                manifest,
                loaded.sourceText(),
                loaded.tree().yaml());
        RunControl control = new RunControl() {
            @Override
            public void progress(RunProgress progress) {
                if (progress.uploadsSucceeded() >= 2 && progress.virtualNanos() >= leastNanos)
                    satisfied.add(part.number());
            }

            @Override
            public boolean stopRequested() {
                return satisfied.size() == part.parts();
            }
        };
        RunPlan plan = RunPlan.of(scenario, new Seeds(scenario.seed()));
        RunEnd end;
        try (writer;
                World world = ScenarioWorlds.ofPart(scenario, loaded.link(), plan, part, blocks)) {
            ScenarioRun run = new ScenarioRun(world, scenario, loaded.transportDesigns(), true, writer, control, part);
            world.beginAt(startNanos, UNIX_SECONDS);
            end = run.run();
        }
        return new SmallRun(end, RunData.read(writer.directory()));
    }

    private List<SmallRun> run(List<String> blocks, String... more) throws Exception {
        LoadedScenario loaded = scenario(more);
        Placement placement = Placement.of(
                RunPlan.of(loaded.scenario(), new Seeds(loaded.scenario().seed())), 2);
        long startNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        List<Future<SmallRun>> parts = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            Part part = placement.part(number);
            parts.add(threads.submit(() -> part(loaded, part, blocks, startNanos)));
        }
        List<SmallRun> ended = new ArrayList<>();
        for (Future<SmallRun> part : parts) ended.add(part.get(BOUND_MINUTES, TimeUnit.MINUTES));
        assertThat(satisfied).as("parts whose uploads succeeded").hasSize(2);
        return ended;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "quic"})
    void nodesOfBothPartsAreOneNetworkOverEachLinkWithSockets(String link) throws Exception {
        List<SmallRun> parts = run(List.of(), "wall.link=" + link);
        Set<Long> uploads = new HashSet<>();
        for (SmallRun part : parts) {
            assertThat(part.total("upload.succeeded")).isPositive();
            assertThat(part.total("link.frames.across")).isBetween(1.0, part.total("link.frames.sent") - 1);
            for (UploadRow row : part.uploads())
                assertThat(uploads.add(row.upload()))
                        .as("upload " + row.upload() + " is one")
                        .isTrue();
        }
    }

    @Test
    void eachPartMayHaveABlockOfAddresses() throws Exception {
        String second = Loopback.first().replaceAll("\\.\\d+\\.\\d+$", "");
        List<SmallRun> parts = run(List.of(second + ".251.0/28", second + ".252.0/28"), "wall.link=tcp");
        for (SmallRun part : parts) assertThat(part.total("link.frames.across")).isPositive();
    }

    @Test
    void faultsAndChurnOfBothPartsViolateNoInvariant() throws Exception {
        leastNanos = TimeUnit.SECONDS.toNanos(20); // a connection is left over after twice the idle time-out and 10 s
        List<SmallRun> parts = run(
                List.of(),
                "wall.link=tcp",
                "invariants=strict",
                "network.idle-timeout=1s",
                "workload.churn.restarts-per-node=120/h",
                "workload.churn.downtime=3s",
                "workload.churn.new-address=50%",
                "faults=[{name: die, kind: kill, at: 2s, lasting: 3s, share: 50%},"
                        + " {name: cut, kind: isolate, at: 4s, lasting: 2s, share: 25%},"
                        + " {name: noise, kind: garbage, at: 3s, lasting: 2s}]");
        for (SmallRun part : parts) {
            assertThat(part.end().checks())
                    .filteredOn(result -> result.status() == CheckResult.Status.FAIL)
                    .isEmpty();
            assertThat(part.end().health().toString()).contains("exempt: chunks-readable (nodes of other processes");
        }
        assertThat(parts.stream().mapToDouble(part -> part.total("rogue.acts")).sum())
                .isPositive();
    }

    @Test
    void aRunThatIsInterruptedBeforeItsBeginEnds() {
        Scenario scenario = scenario("wall.link=tcp").scenario();
        RunPlan plan = RunPlan.of(scenario, new Seeds(scenario.seed()));
        try (World world =
                ScenarioWorlds.ofPart(scenario, scenario("wall.link=tcp").link(), plan, Part.WHOLE, List.of())) {
            world.beginAt(System.nanoTime() + TimeUnit.DAYS.toNanos(1), UNIX_SECONDS);
            Future<?> interrupt = threads.submit(() -> world.engine().interrupt());
            world.runUntil(1);
            assertThat(interrupt).succeedsWithin(Duration.ofMinutes(BOUND_MINUTES));
            assertThat(world.nowNanos()).isZero();
        }
    }
}
