package dev.kilonode.simulator.run.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary.Verdict;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.InProcessControlPlane;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.control.WorkerInfo;
import dev.kilonode.simulator.run.harness.RecordedRun;
import dev.kilonode.simulator.run.harness.RunControl;
import dev.kilonode.simulator.run.harness.RunEnd;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The coordinator of a run over several processes, with workers that follow a script. A run of 4 windows of a second. */
@Tag("once")
@Timeout(60)
class DistributedRunTest {

    private static final String BUILD = "1.0 (abc)";

    /** Short ones, so that what is late or silent shows in seconds. */
    private static final DistributedRun.Limits LIMITS = new DistributedRun.Limits(
            Duration.ofMillis(50), Duration.ofMillis(2_500), Duration.ofSeconds(4), Duration.ofSeconds(3));

    /** What a worker does after it has prepared its part. */
    private interface Script {
        void run(ScriptedWorker worker) throws InterruptedException;
    }

    @TempDir
    Path folder;

    private final InProcessControlPlane plane = new InProcessControlPlane();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Long> ended = new ArrayList<>();
    private final AtomicReference<@Nullable Long> killed = new AtomicReference<>();
    private final ChildProcesses children = new ChildProcesses() {
        @Override
        public @Nullable String anyEnded() {
            return null;
        }

        @Override
        public @Nullable String ended(long pid) {
            Long gone = killed.get();
            return gone != null && gone == pid ? "its process was killed by signal 9" : null;
        }

        @Override
        public void kill(long pid) {
            ended.add(pid);
        }
    };
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @AfterEach
    void scriptsSucceeded() throws InterruptedException {
        plane.close();
        for (Thread thread : threads) thread.interrupt();
        for (Thread thread : threads) thread.join();
        assertThat(thrown.get()).isNull();
    }

    private void worker(String build, long pid, Script script) {
        ScriptedWorker worker = new ScriptedWorker(
                plane.join(new WorkerInfo(build, "machine", pid, "JVM", 2, 1 << 20, 1_024, "", null)));
        Thread thread = new Thread(() -> {
            try {
                script.run(worker);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                thrown.compareAndSet(null, e);
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void worker(long pid, Script script) {
        worker(BUILD, pid, worker -> {
            worker.prepare();
            script.run(worker);
        });
    }

    private Assembly assembly(RunControl control) {
        return new Assembly(plane, BUILD, new PrintStream(log, true, StandardCharsets.UTF_8), control, children);
    }

    private record Ran(RunEnd end, RunData data) {
        HealthResult health(String id) {
            return end.health().stream()
                    .filter(result -> result.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no health result " + id + " in " + end.health()));
        }

        double at(String metric, String labels, String stat, int window) {
            MetricSeries series = Objects.requireNonNull(data.series(metric, labels, stat), metric + labels);
            for (int i = 0; i < series.size(); i++) if (series.startMs(i) == window * 1_000L) return series.value(i);
            return Double.NaN;
        }

        List<String> notes() {
            return data.events().stream()
                    .filter(event -> event.type() == EventRow.Type.NOTE)
                    .map(EventRow::name)
                    .toList();
        }

        int windows() {
            return Objects.requireNonNull(data.series("node.up", "", "min")).size();
        }
    }

    private static LoadedScenario scenario(String... overrides) {
        List<ValueOverride> values = new ArrayList<>();
        for (String text : List.of(
                "clock=wall",
                "duration=4s",
                "metrics.window=1s",
                "nodes.join-over=0s",
                "workload.uploaders.count=0",
                "checks=[]")) {
            values.add(ValueOverride.parse("test", text));
        }
        Arrays.stream(overrides).map(text -> ValueOverride.parse("test", text)).forEach(values::add);
        return new ScenarioLoader().load(Path.of("../..", "scenarios", "smoke.yaml"), values);
    }

    private Ran run(int workers, RunControl control, String... overrides) throws Exception {
        LoadedScenario loaded = scenario(overrides);
        Assembly assembly = assembly(control);
        assembly.await(workers, Duration.ofSeconds(20));
        assembly.prepare("test", loaded.tree().yaml(), assembly.addressBlocks());
        RunWriter writer = RunWriter.create(
                folder,
                "test",
                Manifest.starting("test", "test", "test", "", 1, "wall", 30, 4_000, ""),
                loaded.sourceText(),
                loaded.tree().yaml());
        RunEnd end;
        try (writer) {
            end = new DistributedRun(loaded.scenario(), assembly, writer, control, LIMITS).run();
            assembly.finish();
        }
        return new Ran(end, RunData.read(writer.directory()));
    }

    private static void finish(ScriptedWorker worker) throws InterruptedException {
        worker.end();
        worker.awaitEnd(Command.Finish.class);
        worker.leave();
    }

    private static Script good(int each) {
        return worker -> {
            for (int i = 0; i < 4; i++) worker.window(each * (i + 1), metrics -> {});
            finish(worker);
        };
    }

    @Test
    void theWindowsOfAllWorkersAreTheWindowsOfOneRun() throws Exception {
        worker(1, good(10));
        worker(2, good(7));
        worker(3, good(100));
        Ran ran = run(
                3,
                RunControl.NONE,
                "checks=[{id: d, metric: transport.delivered, stat: count, op: '>=', limit: 1170}]");
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.PASS);
        assertThat(ran.end.checks()).extracting(CheckResult::actual).containsExactly(1_170.0);
        for (int window = 0; window < 4; window++) {
            double sum = 0;
            for (MetricSeries series : ran.data.all("transport.delivered", "count")) sum += series.value(window);
            assertThat(sum).isEqualTo(117 * (window + 1));
            assertThat(ran.at("node.up", "", "min", window)).isEqualTo(30);
            for (int worker = 0; worker < 3; worker++) {
                assertThat(ran.at("jvm.heap", "worker=" + worker, "max", window))
                        .isEqualTo(1 << 20);
            }
        }
        assertThat(ran.data.manifest().jvms()).isEqualTo(3);
        assertThat(ran.data.manifest().workers())
                .allSatisfy(row -> assertThat(row.lostAtMs()).isNull());
    }

    @ParameterizedTest
    @CsvSource({"continue, PASS", "inconclusive, INCONCLUSIVE", "abort, INCONCLUSIVE"})
    void aWorkerThatIsLostIsAFaultAndWhatFollowsIsWhatTheScenarioSays(String policy, Verdict verdict) throws Exception {
        worker(11, worker -> {
            for (int i = 0; i < 4 && !policy.equals("abort"); i++) worker.window(10, metrics -> {});
            if (policy.equals("abort")) {
                worker.window(10, metrics -> {});
                worker.awaitEnd(Command.Stop.class);
            }
            finish(worker);
        });
        worker(12, worker -> {
            worker.window(10, metrics -> {});
            worker.leave();
        });
        Ran ran = run(2, RunControl.NONE, "on-worker-loss=" + policy);
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(verdict);
        assertThat(ran.end.interrupted()).isEqualTo(policy.equals("abort"));
        int part = ran.data.manifest().workers().get(0).pid() == 12 ? 0 : 1;
        EventRow fault = ran.data.events().stream()
                .filter(event -> event.type() == EventRow.Type.FAULT)
                .findFirst()
                .orElseThrow();
        assertThat(fault.name()).isEqualTo("worker-" + part + "-lost");
        assertThat(fault.details()).containsEntry("nodes", 10);
        assertThat(ran.health("workers-stayed").words()).contains("it left before it was told to finish");
        assertThat(ran.data.manifest().workers().get(part).lostWhy()).isNotEmpty();
        assertThat(ended).containsExactly(12L);
        if (!policy.equals("abort")) {
            assertThat(ran.at("node.up", "", "max", 0)).isEqualTo(20);
            assertThat(ran.at("node.up", "", "max", 3)).as("its nodes are down").isEqualTo(10);
        } else {
            assertThat(ran.end.cutShort()).contains("worker " + part + " was lost");
        }
    }

    @Test
    void aWorkerThatIsSilentIsLost() throws Exception {
        worker(1, worker -> {
            for (int i = 0; i < 4; i++) worker.window(10, metrics -> {});
            finish(worker);
        });
        worker(2, worker -> worker.awaitEnd(Command.Stop.class));
        Ran ran = run(2, RunControl.NONE);
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ran.health("workers-stayed").words()).contains("it has not reported for 2s500ms");
        assertThat(ran.windows()).isEqualTo(4);
    }

    @Test
    void aWorkerThatAnswersPingsOnlyIsLost() throws Exception {
        worker(1, good(10));
        worker(2, worker -> {
            for (int i = 0; i < 100; i++) {
                worker.send(new Report.Pong(0, System.nanoTime(), System.currentTimeMillis()));
                worker.pause(Duration.ofMillis(50));
            }
            worker.awaitEnd(Command.Stop.class);
        });
        Ran ran = run(2, RunControl.NONE);
        assertThat(ran.health("workers-stayed").words()).contains("it has not reported for 2s500ms");
    }

    @Test
    void aWorkerThatComesDuringTheRunIsRefusedAndNamed() throws Exception {
        worker(1, worker -> {
            worker(BUILD, 99, late -> late.awaitEnd(Command.Refuse.class));
            for (int i = 0; i < 4; i++) worker.window(10, metrics -> {});
            worker.live(Duration.ofSeconds(1));
            finish(worker);
        });
        Ran ran = run(1, RunControl.NONE);
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.PASS);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("refused the worker of process 99");
    }

    @Test
    void aChildThatIsKilledIsLostAtOnceAndWithItsLastReport() throws Exception {
        worker(1, worker -> {
            for (int i = 0; i < 4; i++) worker.window(10, metrics -> {});
            finish(worker);
        });
        worker(2, worker -> {
            worker.window(10, metrics -> {});
            killed.set(2L);
            worker.awaitEnd(Command.Stop.class);
        });
        Ran ran = run(2, RunControl.NONE);
        assertThat(ran.health("workers-stayed").words()).contains("killed by signal 9");
        assertThat(ran.at("node.up", "", "max", 0)).isEqualTo(20);
        assertThat(ran.at("node.up", "", "max", 1)).isEqualTo(10);
    }

    @Test
    void aWindowThatIsLateIsMarkedAndNotInvented() throws Exception {
        worker(1, good(10));
        worker(2, worker -> {
            worker.window(10, metrics -> {});
            worker.skipWindow();
            worker.live(Duration.ofSeconds(7));
            worker.window(10, metrics -> {});
            worker.window(10, metrics -> {});
            finish(worker);
        });
        Ran ran = run(2, RunControl.NONE, "duration=8s");
        assertThat(ran.health("windows-complete").fit()).isFalse();
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ran.data.events().stream().filter(event -> event.type() == EventRow.Type.NOTE))
                .anySatisfy(note -> assertThat(note.name()).contains("no report for the window from 1 s to 2 s"));
        assertThat(ran.at("node.up", "", "max", 1)).as("only what was reported").isEqualTo(10);
    }

    @Test
    void aWindowThatAllOweIsMarkedOnceForEachAlsoTheLast() throws Exception {
        for (int pid = 1; pid <= 2; pid++) {
            worker(pid, worker -> {
                for (int i = 0; i < 3; i++) worker.window(10, metrics -> {});
                worker.live(Duration.ofSeconds(6)); // past the time at which the last one is late
                worker.awaitEnd(Command.Stop.class);
            });
        }
        Ran ran = run(2, RunControl.NONE);
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ran.notes())
                .hasSize(2)
                .allSatisfy(note -> assertThat(note).contains("no report for the window from 3 s to 4 s"));
        assertThat(ran.windows()).isEqualTo(3);
    }

    @Test
    void aReportThatIsLostOnItsWayIsMissingAndWhatFollowsIsAtItsTime() throws Exception {
        for (int pid = 1; pid <= 3; pid++) {
            int which = pid;
            worker(pid, worker -> {
                worker.window(10, metrics -> {});
                worker.skipWindow();
                if (which == 3) worker.skipWindow();
                else worker.window(10, metrics -> {});
                worker.window(10, metrics -> {});
                finish(worker);
            });
        }
        String check = "checks=[{id: d, metric: transport.delivered, stat: count, op: '<=', limit: 1000}]";
        Ran ran = run(3, RunControl.NONE, check);
        assertThat(ran.notes()).hasSize(4);
        assertThat(ran.health("windows-complete").words()).startsWith("4 reports");
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ran.at("node.up", "", "max", 1)).isNaN();
        assertThat(ran.at("node.up", "", "max", 2)).isEqualTo(20);
        assertThat(ran.at("node.up", "", "max", 3)).isEqualTo(30);
        RunEnd again = RecordedRun.of(ran.data).judge(scenario(check).scenario(), List.of());
        assertThat(again.verdict().result()).as("judged again").isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(again.health()).contains(ran.health("windows-complete"));
    }

    @Test
    void aCheckThatEndsTheRunEndsItForAll() throws Exception {
        for (int pid = 1; pid <= 2; pid++) {
            worker(pid, worker -> {
                worker.window(10, metrics -> {});
                worker.awaitEnd(Command.Stop.class);
                worker.window(1_000, 1_400, metrics -> {});
                finish(worker);
            });
        }
        Ran ran = run(
                2,
                RunControl.NONE,
                "checks=[{id: f, metric: transport.delivered, stat: count, op: '<=', limit: 15, over: window 1s, abort: true}]");
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.FAIL);
        assertThat(ran.end.checks().get(0).actual()).isEqualTo(20.0);
        assertThat(ran.end.cutShort()).isEqualTo("ended after 1 s of 4 s by f");
        assertThat(ran.windows()).as("what came after the end is no part of it").isEqualTo(1);
    }

    @Test
    void aRunThatIsStoppedKeepsThePartialWindowThatAllHave() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        for (int pid = 1; pid <= 2; pid++) {
            int end = 1_000 + 200 * pid;
            worker(pid, worker -> {
                worker.window(10, metrics -> {});
                stop.set(true);
                worker.awaitEnd(Command.Stop.class);
                worker.window(5, end, metrics -> {});
                finish(worker);
            });
        }
        RunControl control = new RunControl() {
            @Override
            public boolean stopRequested() {
                return stop.get();
            }

            @Override
            public String whyStopped() {
                return "interrupted by Ctrl-C";
            }
        };
        Ran ran = run(2, control);
        assertThat(ran.end.cutShort()).startsWith("interrupted by Ctrl-C after 1.4 s of 4 s");
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ran.windows()).isEqualTo(2);
    }

    @Test
    void violationsOfAnyWorkerFailAStrictRun() throws Exception {
        worker(1, good(10));
        worker(2, worker -> {
            worker.event(new EventRow(
                    500,
                    EventRow.Type.INVARIANT,
                    "uploads-end",
                    null,
                    java.util.Map.of("subjects", List.of("its upload"))));
            for (int i = 0; i < 4; i++) worker.window(10, metrics -> {});
            finish(worker);
        });
        Ran ran = run(2, RunControl.NONE, "invariants=strict");
        assertThat(ran.end.verdict().result()).as("%s", ran.end).isEqualTo(Verdict.FAIL);
        assertThat(ran.end.checks()).anySatisfy(check -> assertThat(check.why()).contains("uploads-end 1"));
    }

    @Test
    void aWorkerThatFailsFailsTheRunWithItsExitCode() throws Exception {
        worker(1, good(10));
        worker(2, worker -> worker.send(new Report.Failed(70, "a bug in Kilonode: accounts do not balance")));
        assertThatThrownBy(() -> run(2, RunControl.NONE))
                .isInstanceOfSatisfying(
                        WorkerFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(70))
                .hasMessageContaining("accounts do not balance");
    }

    @Test
    void aWorkerOfAnotherBuildIsRefusedAndTold() throws Exception {
        AtomicReference<@Nullable Command> told = new AtomicReference<>();
        worker("1.0 (def)", 9, worker -> {
            told.set(worker.await());
            worker.leave();
        });
        worker(1, good(10));
        Ran ran = run(1, RunControl.NONE);
        assertThat(ran.data.manifest().workers()).hasSize(1);
        threads.get(0).join();
        assertThat(told.get())
                .isInstanceOfSatisfying(
                        Command.Refuse.class,
                        refuse -> assertThat(refuse.why()).contains("1.0 (def)").contains(BUILD));
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("refused the worker of process 9", "1.0 (def)");
    }

    @Test
    void tooFewWorkersAreAnErrorThatSaysHowMany() {
        worker(1, worker -> {});
        assertThatThrownBy(() -> assembly(RunControl.NONE).await(3, Duration.ofMillis(300)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("only 1 of 3 workers joined")
                .hasMessageContaining("--workers 1");
    }

    @Test
    void aWorkerThatGoesBeforeTheBeginIsAnError() {
        worker(BUILD, 1, worker -> {
            Command ignored = worker.await();
            worker.leave();
        });
        worker(BUILD, 2, worker -> worker.prepare());
        assertThatThrownBy(() -> run(2, RunControl.NONE)).isInstanceOf(ClusterException.class);
    }
}
