package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.LocalRunner;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ProgressReport;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that do not end by themselves, each in a process of its own, whose watchdog is ten times less patient than a user's. */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
class StuckRunTest {

    /** Long past what a test waits for; the bound is against hanging only. */
    private static final long BOUND_SECONDS = 120;

    private static final List<String> ENDLESS = List.of(
            "nodes.count=8",
            "nodes.per-host=4",
            "nodes.join-over=1s",
            "duration=10000h",
            "metrics.window=1h",
            "checks=[]",
            "report.png=false",
            "transport.dispatch=wrong");

    /** Does what a test says once the network is up. */
    private static final String DISPATCH = """
        package wrong;
        import dev.kilonode.node.dispatch.DispatchProvider;
        import dev.kilonode.node.wire.NodeAddress;
        public final class WrongShard implements DispatchProvider {
            static java.util.List<long[]> kept = new java.util.ArrayList<>();
            static int calls;
            public String label() { return "wrong"; }
            public int shardOf(NodeAddress source, int shards) {
                if (calls++ > 300) {
                    System.err.println("wrong from here on");
                    %s
                }
                return 0;
            }
        }
        """;

    private static final String LOOP = "while (true) {}";

    private static final String EAT = "while (true) kept.add(new long[1 << 16]);";

    @TempDir
    Path folder;

    private @Nullable Process process;

    @AfterEach
    void leaveNobodyBehind() {
        if (process != null) process.destroyForcibly();
    }

    @Test
    void aPluginThatNeverReturnsIsNamedAndTheRunReported() throws Exception {
        plugin(LOOP);
        run(List.of());
        RunData run = endsWith(
                4, "the dispatch design wrong of wrong.jar failed: TimeoutException: it has made no progress for ");
        assertThat(run.manifest().status()).isEqualTo(Manifest.CRASHED);
        assertThat(run.directory().resolve("logs/stacks.txt")).content().contains("wrong.WrongShard.shardOf");
        assertThat(run.directory().resolve("report.html"))
                .content()
                .contains("This run crashed or was killed, the dispatch design wrong");
        assertThat(run.directory().resolve("junit.xml")).content().contains("<error");
    }

    @Test
    void aPluginWhoseConstructorNeverReturnsIsNamed() throws Exception {
        PluginJar.of(
                folder.resolve("jars/wrong.jar"),
                DispatchProvider.class,
                DISPATCH.formatted("").replace("return \"wrong\";", LOOP),
                "wrong.WrongShard");
        run(List.of());
        ends(
                4,
                folder.resolve("jars")
                        + " holds a design that is not made within 6 s: it is at wrong.WrongShard.label(");
    }

    @Test
    void inWallTimeTheHarnessWaitsForTheLoopInVainAndTheRunIsEndedNoneTheLess() throws Exception {
        plugin(LOOP);
        run(List.of("wall.link=memory"), "--clock", "wall");
        endsWith(4, "the dispatch design wrong of wrong.jar failed: TimeoutException: ");
    }

    @Test
    void aRunThatIgnoresItsBudgetIsEnded() throws Exception {
        plugin(LOOP);
        run(List.of(), "--time-budget", "1s");
        RunData run =
                endsWith(4, "the dispatch design wrong of wrong.jar failed: TimeoutException: it did not stop within ");
        assertThat(run.manifest().status()).isEqualTo(Manifest.ABORTED);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 143", "INT, 130"})
    void aSignalEndsAStuckRunWithAReport(String signal, int exit) throws Exception {
        assumeFalse(signal.equals("INT") && ChildProcessTest.ignoresInterrupts(), "this JVM ignores Ctrl-C");
        assumeFalse(signal.equals("HUP") && ChildProcessTest.ignores(1), "this JVM ignores SIGHUP");
        plugin(LOOP);
        Process child = run(List.of());
        for (int i = 0; i < BOUND_SECONDS * 50 && !said().contains("wrong from here on"); i++) {
            child.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
        RunData run = endsWith(exit, "interrupted; it did not stop within ");
        assertThat(run.manifest().status()).isEqualTo(Manifest.ABORTED);
    }

    @Test
    void outOfMemoryIsAFailureOfTheEnvironmentWhateverAllocates() throws Exception {
        plugin("try { " + EAT + " } catch (OutOfMemoryError e) { kept = null; throw e; }");
        run(List.of());
        RunData run = endsWith(4, "out of memory (Java heap space); write KILONODE_JAVA_OPTS=-Xmx4g");
        assertThat(run.manifest().status()).isEqualTo(Manifest.CRASHED);
    }

    @Test
    void memoryThatIsNeverFreedEndsWithOutOfMemoryAndNoReport() throws Exception {
        plugin(EAT);
        run(List.of());
        ends(4, "out of memory (Java heap space); write KILONODE_JAVA_OPTS=-Xmx4g");
    }

    @Test
    void aPluginThatSwallowsOutOfMemoryIsEnded() throws Exception {
        plugin("while (true) try { " + EAT + " } catch (Throwable e) { kept.clear(); }");
        run(List.of());
        ends(4, ""); // names the plugin, or the lack of memory if there is none left for more
        assertThat(said().lines().reduce((before, line) -> line).orElse(""))
                .containsAnyOf("the dispatch design wrong of wrong.jar failed: TimeoutException: ", "out of memory");
    }

    @Test
    void aBlockedHarnessIsABug() throws Exception {
        start(List.of(BlockedHarness.class.getName(), folder.toString()));
        RunData run = endsWith(70, "it has made no progress for ");
        assertThat(run.directory().resolve("logs/stacks.txt")).content().contains("BlockedHarness.report");
    }

    /** A run whose progress nobody takes. */
    static final class BlockedHarness implements ProgressListener {

        public static void main(String[] arguments) throws IOException {
            Console console = Console.ofProcess();
            StopSignal stop = new StopSignal();
            List<ValueOverride> values = ENDLESS.stream()
                    .filter(text -> !text.contains("wrong"))
                    .map(text -> ValueOverride.parse("test", text))
                    .toList();
            LoadedScenario loaded = new ScenarioLoader().load(Path.of(Commands.SMOKE), values);
            Path out = Path.of(arguments[0]).resolve("out");
            RunResult unused = new LocalRunner(ProcessEnd.owner(console))
                    .run(RunSpec.of(loaded, out, "again").named("smoke"), new BlockedHarness(), stop);
        }

        @Override
        public void report(ProgressReport report) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void finished() {}
    }

    private void plugin(String body) throws IOException {
        PluginJar.of(
                folder.resolve("jars/wrong.jar"), DispatchProvider.class, DISPATCH.formatted(body), "wrong.WrongShard");
    }

    private Process run(List<String> values, String... flags) throws IOException {
        List<String> all = new ArrayList<>(ENDLESS);
        all.addAll(values);
        List<String> line = new ArrayList<>(List.of(Main.class.getName()));
        line.addAll(Commands.onSmokeLine("run", folder.resolve("out"), all, flags));
        line.addAll(List.of("--plugins", folder.resolve("jars").toString(), "--progress", "none"));
        return start(line);
    }

    private Process start(List<String> mainAndArguments) throws IOException {
        List<String> options = List.of("-Xmx160m", "-XX:+UseSerialGC", "-Dkilonode.watchdog.divisor=10");
        Process child = Commands.java(options, mainAndArguments)
                .redirectOutput(new File(folder.toFile(), "stdout.txt"))
                .redirectError(folder.resolve("stderr.txt").toFile())
                .start();
        process = child;
        return child;
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("stderr.txt"));
    }

    /** The process's exit code, and its last line; what the run left. */
    private RunData endsWith(int exit, String words) throws Exception {
        ends(exit, words);
        Path run = Commands.onlyRun(folder.resolve("out"));
        assertThat(run.resolve("report.html")).content().contains("</html>");
        RunData data = RunData.read(run);
        assertThat(data.integrity().problems()).isEmpty();
        assertThat(java.util.Objects.requireNonNull(data.summary()).exitCode()).isEqualTo(exit);
        return data;
    }

    private void ends(int exit, String words) throws Exception {
        Process child = java.util.Objects.requireNonNull(process);
        assertThat(child.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        String said = said();
        String last = said.lines().reduce((before, line) -> line).orElse("");
        assertThat(last).as(said).startsWith("kilonode: " + ExitCode.of(exit) + " (exit " + exit + "): " + words);
        assertThat(child.exitValue()).as(said).isEqualTo(exit);
    }
}
