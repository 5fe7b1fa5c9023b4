package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kilonode.reports.model.VerdictPolicy;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.WorkerRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --jvms 2} on this machine: one run, however its processes end. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class JvmsRunTest {

    /** In which the loss of a worker is noticed, and in which workers without a coordinator have ended. */
    private static final Duration NOTICED = Duration.ofSeconds(30);

    private static final List<String> TWO = List.of("--jvms", "2");

    /** Which worker has the uploader is not said; a lost one would fail its check. */
    private static final String NO_CHECK_OF_UPLOADS =
            "checks=[{id: up, metric: node.up, stat: max, op: \"==\", limit: 12}]";

    @TempDir
    Path folder;

    private final List<Program> programs = new ArrayList<>();
    private final List<ProcessHandle> others = new ArrayList<>();

    @AfterEach
    void leaveNobodyBehind() {
        others.forEach(ProcessHandle::destroyForcibly);
        programs.forEach(Program::close);
    }

    @Test
    void oneProcessIsARunLikeSeveral() throws Exception {
        SmallNetwork network = network("one");
        Program run = start(network, network.run(List.of("--jvms", "1"), "duration=8s"));
        int exit = run.awaitExit(Program.BOUND);
        SmallNetwork.assertPassed(network.data(), exit, run.said());
        MetricSeries up = Objects.requireNonNull(network.data().series("node.up", "", "max"));
        assertThat(up.value(up.size() - 1)).isEqualTo(SmallNetwork.NODES);
        assertThat(network.data().series("uploads.running", "", "max")).isNotNull();
    }

    @Test
    void twoProcessesMakeOneRun() throws Exception {
        SmallNetwork network = network("whole");
        Program run = start(network, network.run(TWO));
        List<WorkerRow> begun = network.awaitWorkers();
        int exit = run.awaitExit(Program.BOUND);
        RunData data = network.data();
        SmallNetwork.assertPassed(data, exit, run.said());
        assertThat(data.manifest().workers()).hasSize(2).allSatisfy(worker -> {
            assertThat(worker.nodes()).isEqualTo(SmallNetwork.NODES / 2);
            assertThat(worker.hosts()).isEqualTo(SmallNetwork.HOSTS / 2);
            assertThat(worker.lostAtMs()).isNull();
        });
        assertThat(data.manifest().command()).contains("--jvms 2");
        MetricSeries up = Objects.requireNonNull(data.series("node.up", "", "max"));
        assertThat(up.size()).as("windows").isEqualTo(12);
        assertThat(up.value(up.size() - 1)).as("nodes of both").isEqualTo(SmallNetwork.NODES);
        for (String metric : List.of("jvm.heap", "jvm.threads", "jvm.descriptors", "tester.busy")) {
            assertThat(data.all(metric, "max"))
                    .as(metric)
                    .extracting(series -> series.key().labelMap().get("worker"))
                    .contains("0", "1")
                    .doesNotContainNull();
        }
        double sent = SmallNetwork.values(data, "link.frames.sent", "", "count").sum();
        double across =
                SmallNetwork.values(data, "link.frames.across", "", "count").sum();
        assertThat(across / sent).as("the share of frames across").isGreaterThanOrEqualTo(0.8 * (1 - 1.0 / 2));
        assertThat(network.data().directory().resolve("logs"))
                .isDirectoryContaining(file -> file.endsWith("worker-process-1.log"));
        assertGone(begun);
        assertThat(network.left()).isEmpty();
    }

    @Test
    void theRunGoesOnWithoutAKilledWorker() throws Exception {
        SmallNetwork tolerant = network("tolerant");
        SmallNetwork strict = network("strict");
        Program first = start(
                tolerant,
                tolerant.run(TWO, "on-worker-loss=continue", NO_CHECK_OF_UPLOADS, "workload.uploaders.count=0"));
        Program second = start(strict, strict.run(TWO, NO_CHECK_OF_UPLOADS, "workload.uploaders.count=0"));
        killWorker(tolerant, 1);
        killWorker(strict, 0);
        int exit = first.awaitExit(Program.BOUND);
        SmallNetwork.assertPassed(tolerant.data(), exit, first.said());
        assertLost(tolerant.data(), 1);
        assertThat(second.awaitExit(Program.BOUND)).as(second.said()).isEqualTo(3);
        assertThat(second.lastLine())
                .startsWith("kilonode: INCONCLUSIVE (exit 3): ")
                .contains("worker 0 was lost at ");
        assertThat(SmallNetwork.unfit(strict.data())).containsExactly(VerdictPolicy.WORKERS_STAYED);
        assertThat(strict.data().manifest().status()).isEqualTo(Manifest.COMPLETE);
        assertLost(strict.data(), 0);
        assertThat(tolerant.left()).isEmpty();
        assertThat(strict.left()).isEmpty();
    }

    private static void killWorker(SmallNetwork network, int worker) {
        List<WorkerRow> workers = network.awaitWorkers();
        network.awaitNetwork();
        Program.signal("KILL", workers.get(worker).pid());
    }

    /** The loss is a fault of the run, and the nodes are down from then on. */
    private static void assertLost(RunData data, int worker) {
        long atMs = SmallNetwork.lost(data, worker).timeMs();
        WorkerRow row = data.manifest().workers().get(worker);
        assertThat(row.lostAtMs()).isEqualTo(atMs);
        assertThat(row.lostWhy()).isNotBlank();
        MetricSeries up = Objects.requireNonNull(data.series("node.up", "", "max"));
        assertThat(up.endMs(up.size() - 1)).as("the last window").isGreaterThan(atMs);
        assertThat(up.value(up.size() - 1)).isEqualTo(SmallNetwork.NODES - row.nodes());
    }

    @Test
    void aStoppedWorkerIsNoticedAndCanEndTheRun() throws Exception {
        SmallNetwork network = network("stopped");
        Program run = start(network, network.run(TWO, SmallNetwork.ENDLESS, "on-worker-loss=abort"));
        List<WorkerRow> workers = network.awaitWorkers();
        network.awaitNetwork();
        Program.signal("STOP", workers.get(0).pid());
        Program.await("the loss", NOTICED, () -> network.workersSoFar().get(0).lostAtMs() != null);
        assertThat(run.awaitExit(Program.BOUND)).as(run.said()).isEqualTo(3);
        assertThat(run.lastLine())
                .startsWith("kilonode: INCONCLUSIVE (exit 3): ")
                .contains("worker 0 was lost");
        RunData data = network.data();
        assertThat(SmallNetwork.lost(data, 0).details()).containsEntry("nodes", SmallNetwork.NODES / 2);
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
        assertGone(workers);
        assertThat(network.left()).isEmpty();
    }

    @Test
    void nobodyOutlivesTheCoordinator() throws Exception {
        assumeFalse(ChildProcessTest.ignoresInterrupts(), "this JVM ignores Ctrl-C");
        SmallNetwork killed = network("killed");
        SmallNetwork interrupted = network("interrupted");
        Program first = start(killed, killed.run(TWO, SmallNetwork.ENDLESS));
        Program second = start(interrupted, interrupted.run(TWO, SmallNetwork.ENDLESS));
        List<WorkerRow> ofFirst = killed.awaitWorkers();
        List<WorkerRow> ofSecond = interrupted.awaitWorkers();
        killed.awaitNetwork();
        interrupted.awaitNetwork();
        first.signal("KILL");
        second.signal("INT");
        assertThat(second.awaitExit(Program.BOUND)).as(second.said()).isEqualTo(130);
        assertThat(second.lastLine()).startsWith("kilonode: INTERRUPTED (exit 130): interrupted by Ctrl-C after ");
        RunData data = interrupted.data();
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
        assertThat(SmallNetwork.mostUp(data)).isEqualTo(SmallNetwork.NODES);
        assertThat(Files.readString(data.directory().resolve("report.html")))
                .contains("partial")
                .contains("</html>");
        assertThat(SmallNetwork.unfit(data)).doesNotContain(VerdictPolicy.WORKERS_STAYED);
        assertGone(ofSecond);
        assertThat(interrupted.left()).isEmpty();
        for (WorkerRow worker : ofFirst) awaitGone(worker.pid());
        assertThat(killed.left()).isEmpty();
        assertThat(killed.data().manifest().status()).isEqualTo(Manifest.CRASHED);
    }

    private SmallNetwork network(String name) throws IOException {
        return new SmallNetwork(Files.createDirectory(folder.resolve(name)));
    }

    private Program start(SmallNetwork network, List<String> arguments) {
        Program program =
                Program.start("coordinator", network.confined(Commands.process(SmallNetwork.JVM_OPTIONS, arguments)));
        programs.add(program);
        return program;
    }

    /** The coordinator has waited for its workers. */
    private static void assertGone(List<WorkerRow> workers) {
        assertThat(workers)
                .allSatisfy(worker -> assertThat(ProcessHandle.of(worker.pid()).filter(ProcessHandle::isAlive))
                        .as("worker %d", worker.number())
                        .isEmpty());
    }

    private void awaitGone(long pid) {
        ProcessHandle.of(pid).ifPresent(others::add);
        Program.await(
                "the end of process " + pid,
                NOTICED,
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
