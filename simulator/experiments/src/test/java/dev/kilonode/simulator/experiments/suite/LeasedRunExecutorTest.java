package dev.kilonode.simulator.experiments.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.InProcessControlPlane;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on workers that follow a script. */
@Timeout(60)
class LeasedRunExecutorTest {

    private static final Path SMOKE = Path.of("../..", "scenarios", "smoke.yaml");
    private static final byte[] MANIFEST = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, Long> FILES = Map.of("smoke/one/manifest.json", 2L);

    @TempDir
    Path folder;

    private final InProcessControlPlane plane = new InProcessControlPlane();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<CoordinatorLink> links = new ArrayList<>();

    @AfterEach
    void close() {
        plane.close();
    }

    private LeasedRunExecutor executor() {
        return new LeasedRunExecutor(
                plane,
                new LeasedRunExecutor.LeaseTerms("warn", 90_000, true, Duration.ofMillis(200)),
                folder,
                new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    private CoordinatorLink worker(String build) {
        CoordinatorLink link = plane.join(new WorkerInfo(build, "machine", 7, "JVM", 2, 1 << 20, 1_024, "", null));
        links.add(link);
        return link;
    }

    private CoordinatorLink worker() {
        return worker(BuildInfo.identity());
    }

    private static PlannedRun planned(long seed) {
        SuiteRun run = SuiteRun.waiting("smoke", SMOKE.toString(), "hash", seed, 1);
        return new PlannedRun(run, List.of(), () -> new ScenarioLoader().load(SMOKE));
    }

    private static void until(LeasedRunExecutor executor, RunUnderWay run) throws Exception {
        while (run.isAlive()) executor.await(50);
    }

    private static Command.Make lease(CoordinatorLink worker) throws InterruptedException {
        return (Command.Make) Objects.requireNonNull(worker.poll(Duration.ofSeconds(20)));
    }

    private static void make(CoordinatorLink worker, long lease) {
        worker.send(new Report.Content(lease, "smoke/one/manifest.json", MANIFEST));
        worker.send(new Report.Made(lease, ProcessLauncher.OWN, "{\"words\": \"fine\"}", "", FILES));
    }

    private RunUnderWay started(LeasedRunExecutor executor) throws Exception {
        while (!executor.hasRoom()) executor.await(50);
        return executor.start(planned(1), 1);
    }

    @Test
    void aRunIsMadeByTheWorkerThatIsFreeAndItsFilesArriveAsAWhole() throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink worker = worker();
        RunUnderWay run = started(executor);
        assertThat(executor.hasRoom()).as("a worker makes one at a time").isFalse();
        Command.Make make = lease(worker);
        assertThat(make.scenario()).contains("name: smoke");
        assertThat(make)
                .extracting(Command.Make::failOn, Command.Make::timeBudgetMs, Command.Make::realCrypto)
                .containsExactly("warn", 90_000L, true);
        worker.send(new Report.Making(make.lease(), 0.5));
        worker.send(new Report.Content(make.lease(), "smoke/one/manifest.json", MANIFEST));
        while (run.done() == 0) executor.await(50);
        assertThat(run.done()).isEqualTo(0.5);
        assertThat(folder.resolve("smoke")).as("until all has come").doesNotExist();
        worker.send(new Report.Made(make.lease(), ProcessLauncher.OWN + 1, "{\"words\": \"bad\"}", "", FILES));
        until(executor, run);
        assertThat(run.wasLost()).isFalse();
        SuiteRun result = run.result();
        assertThat(result.state()).isEqualTo(State.FAIL);
        assertThat(result.words()).isEqualTo("bad");
        assertThat(folder.resolve(String.valueOf(result.directory())).resolve("manifest.json"))
                .hasBinaryContent(MANIFEST);
        assertThat(executor.hasRoom()).as("the worker asks for the next").isTrue();
        executor.finished();
        executor.close();
        assertThat(folder.resolve("incoming")).doesNotExist();
        assertThat(worker.poll(Duration.ofSeconds(20))).isEqualTo(new Command.Finish());
    }

    @Test
    void aSuiteThatIsStoppedLeavesItsWorkersWaitingForTheNext() throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink worker = worker();
        RunUnderWay run = started(executor);
        assertThat(lease(worker)).isNotNull();
        run.stop();
        assertThat(run.isAlive()).isFalse();
        assertThat(run.result().state()).isEqualTo(State.STOPPED);
        executor.close();
        assertThat(worker.poll(Duration.ofSeconds(20)))
                .as("no word that all runs have been made")
                .isInstanceOf(Command.CoordinatorLost.class);
    }

    @Test
    void aRunOfALostWorkerIsLostAndALateResultIsNotTaken() throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink first = worker();
        RunUnderWay lost = started(executor);
        long lease = lease(first).lease();
        first.send(new Report.Content(lease, "smoke/one/manifest.json", MANIFEST));
        first.close();
        until(executor, lost);
        assertThat(lost.wasLost()).isTrue();
        assertThat(lost.result().words()).startsWith("its worker was lost: ");
        CoordinatorLink second = worker();
        RunUnderWay again = started(executor);
        long newLease = lease(second).lease();
        assertThat(newLease).isNotEqualTo(lease);
        make(second, lease); // of a lease that has run out
        second.send(new Report.Making(newLease, 0.25));
        while (again.done() == 0) executor.await(50);
        assertThat(again.isAlive()).isTrue();
        make(second, newLease);
        until(executor, again);
        assertThat(again.result().state()).isEqualTo(State.PASS);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("has joined", "is gone");
    }

    @Test
    void resultsThatAreNotCompleteAndAKilledProcessAreLost() throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink worker = worker();
        RunUnderWay cut = started(executor);
        worker.send(new Report.Made(lease(worker).lease(), ProcessLauncher.OWN, "{}", "", FILES));
        until(executor, cut);
        assertThat(cut.wasLost()).isTrue();
        assertThat(cut.result().words()).contains("not all of its results have arrived");
        RunUnderWay killed = started(executor);
        worker.send(new Report.Made(lease(worker).lease(), 137, "", "", Map.of()));
        until(executor, killed);
        assertThat(killed.wasLost()).isTrue();
        assertThat(killed.result().words()).contains("signal 9");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aWorkerThatCannotMakeRunsIsSentAwayAndSpoilsOneAtMost(int exit) throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink unfit = worker();
        RunUnderWay run = started(executor);
        unfit.send(new Report.Made(
                lease(unfit).lease(),
                ProcessLauncher.OWN + exit,
                "",
                "kilonode: X (exit 4): too little memory",
                Map.of()));
        until(executor, run);
        assertThat(run.wasLost()).as("another worker may be able to").isTrue();
        assertThat(executor.hasRoom()).isFalse();
        assertThat(unfit.poll(Duration.ofSeconds(20)))
                .isEqualTo(new Command.Refuse("it cannot make the runs of this suite: too little memory"));
        SuiteRun result = run.result();
        assertThat(result.state()).isEqualTo(State.ERROR);
        assertThat(result.exitCode()).isEqualTo(exit);
        assertThat(result.words()).isEqualTo("its worker could not make it: too little memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out",
                "/etc/out",
                "smoke/../../out",
                "smoke//out",
                "smoke/.out",
                "a\\b",
                "",
                "smoke/o ut",
                "a/b/c/d/e/f/g"
            })
    void aWorkerWritesNothingButFilesOfARun(String name) throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink worker = worker();
        RunUnderWay run = started(executor);
        worker.send(new Report.Content(lease(worker).lease(), name, MANIFEST));
        until(executor, run);
        assertThat(run.result().words()).contains("a file with a name that no run has");
        executor.close();
        try (var files = Files.walk(folder)) {
            assertThat(files).containsExactly(folder);
        }
    }

    @Test
    void aWorkerOfAnotherBuildIsRefusedAndWithoutWorkersItDoesNotWaitForEver() throws Exception {
        LeasedRunExecutor executor = executor();
        CoordinatorLink other = worker("1.0 (other)");
        assertThatThrownBy(() -> {
                    while (!executor.hasRoom()) executor.await(50);
                })
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("no worker has joined")
                .hasMessageContaining("kilonode worker --join ");
        assertThat(other.poll(Duration.ofSeconds(20))).isInstanceOf(Command.Refuse.class);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("refused worker 0 (process 7 on machine)");
    }
}
