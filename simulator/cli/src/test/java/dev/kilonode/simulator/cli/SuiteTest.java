package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suites with real processes. */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
class SuiteTest {

    /** Long past what a test waits for; the bound is against hanging only. */
    private static final Duration BOUND = Duration.ofSeconds(120);

    private static final List<String> TINY =
            List.of("nodes.count=16", "nodes.per-host=4", "nodes.join-over=20s", "duration=2m", "checks[0].limit=1");

    private static final List<String> ENDLESS =
            List.of("nodes.count=16", "nodes.per-host=4", "duration=10000h", "metrics.window=1h");

    @TempDir
    Path folder;

    private @Nullable Process process;

    @AfterEach
    void leaveNobodyBehind() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void scenariosAlternateAndASeedGivesTheSameResultAsAlone() throws IOException {
        Path other = folder.resolve("other.yaml");
        Files.writeString(
                other, "extends: " + Path.of(Commands.SMOKE).toAbsolutePath().normalize() + "\nname: other\n");
        List<String> line = line(TINY, "--seeds", "1,7", "--jobs", "2", "--junit", folder + "/copy/junit.xml");
        line.add(other.toString());
        Commands.Said said = Commands.kilonode(line);
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.PASS);
        assertThat(said.lastLine())
                .isEqualTo("kilonode: PASS (exit 0): all 4 runs passed: " + out().resolve("suite.html"));
        Suite suite = Suite.read(out());
        assertThat(suite.runs())
                .extracting(run -> run.scenario() + " " + run.seed())
                .containsExactly("smoke 1", "other 1", "smoke 7", "other 7");
        assertThat(suite.status()).isEqualTo(Suite.COMPLETE);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(Path.of("../..", "docs", "suite.schema.json")));
        assertThat(schema.validate(Files.readString(out().resolve(Suite.FILE)), InputFormat.JSON))
                .isEmpty();
        assertThat(out().resolve("junit.xml")).content().contains("tests=\"2\" failures=\"0\" errors=\"0\"");
        assertThat(folder.resolve("copy/junit.xml")).hasSameTextualContentAs(out().resolve("junit.xml"));
        assertThat(digest(suite.runs().get(2)))
                .isEqualTo(digestAlone(7))
                .isNotEqualTo(digest(suite.runs().get(0)));
    }

    @Test
    void aSuiteContinuesAfterAFailureAndFinishingItKeepsDoneRuns() throws IOException {
        List<String> failing = new ArrayList<>(TINY);
        failing.set(4, "checks[0].limit=1000");
        Path summary = folder.resolve("step-summary");
        List<String> line = line(failing, "--seeds", "1..2");
        Commands.Said said =
                Commands.kilonode(line, Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()));
        assertThat(said.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(said.lastLine())
                .startsWith("kilonode: FAIL (exit 1): 2 of 2 runs failed: smoke seed 1 (1 of 4 checks failed: ");
        assertThat(said.err().stream().filter(text -> text.startsWith("::error title=Run failed::smoke seed ")))
                .hasSize(2);
        assertThat(summary).content().contains("suite of 2 runs").doesNotContain("NaN");

        assertThat(Commands.kilonode(line).lastLine())
                .startsWith("kilonode: USAGE (exit 2): ")
                .contains("--skip-done");

        line.set(line.indexOf("1..2"), "1..3");
        line.add("--skip-done");
        Suite before = Suite.read(out());
        Path second = out().resolve(Objects.requireNonNull(before.runs().get(1).directory()));
        Path manifest = second.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"complete\"", "\"aborted\""));
        assertThat(Commands.kilonode(line).exit()).isEqualTo(ExitCode.FAIL);
        Suite after = Suite.read(out());
        assertThat(after.runs().get(0)).isEqualTo(before.runs().get(0));
        assertThat(after.runs().get(1).directory())
                .isNotEqualTo(before.runs().get(1).directory());
        assertThat(second).isDirectoryNotContaining("glob:**manifest.json");
        assertThat(after.runs()).hasSize(3).extracting(SuiteRun::state).containsOnly(State.FAIL);
    }

    @Test
    void aKilledRunAndOneOverItsTimeBudgetHaveFailed() throws Exception {
        Process suite = start(line(ENDLESS, "--seeds", "1..2", "--jobs", "2", "--time-budget", "15s"));
        until("both run", () -> runsHaveBegun(2));
        ProcessHandle first = child(suite, "1");
        assertThat(first.destroyForcibly()).isTrue();
        until("it is made again", () -> isMadeAgain(suite, first) && runsHaveBegun(2));
        assertThat(child(suite, "1").destroyForcibly()).as("a second time").isTrue();
        assertThat(suite.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(suite.exitValue()).as(said()).isEqualTo(1);
        List<SuiteRun> runs = Suite.read(out()).runs();
        assertThat(runs).extracting(SuiteRun::state).containsExactly(State.FAIL, State.FAIL);
        assertThat(runs.get(0).words()).isEqualTo("its process was ended by signal 9");
        assertThat(runs.get(1).words()).startsWith("over its time budget of 15s after ");
        Path killed = out().resolve(Objects.requireNonNull(runs.get(0).directory()));
        assertThat(RunData.read(killed).manifest().status()).isEqualTo(Manifest.CRASHED);
        assertThat(killed.resolve("junit.xml")).content().contains("crashed or was killed");
        assertThat(killed.resolve("report.html")).content().contains("crashed or was killed");
        assertThat(out().resolve("junit.xml")).content().contains("tests=\"2\" failures=\"2\"", "signal 9");
    }

    @Test
    void terminationStopsTheChildrenAndLeavesAPartialSummary() throws Exception {
        Process suite = start(line(ENDLESS, "--seeds", "1..3", "--jobs", "2"));
        until("two run", () -> runsHaveBegun(2));
        List<ProcessHandle> children = suite.children().toList();
        suite.destroy();
        assertThat(suite.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(suite.exitValue()).as(said()).isEqualTo(143);
        assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
        Suite left = Suite.read(out());
        assertThat(left.status()).isEqualTo(Suite.STOPPED);
        assertThat(left.words()).startsWith("stopped after 0 of 3 runs");
        assertThat(left.runs())
                .extracting(SuiteRun::state)
                .containsExactly(State.STOPPED, State.STOPPED, State.WAITING);
        Path run = out().resolve(Objects.requireNonNull(left.runs().get(0).directory()));
        assertThat(RunData.read(run).manifest().status()).isEqualTo(Manifest.ABORTED);
        assertThat(out().resolve("junit.xml")).content().contains("tests=\"3\"", "errors=\"3\"", "not run");
    }

    @Test
    void aKilledSuiteLeavesNoProcessAndDoesNotReportAPass() throws Exception {
        Process suite = start(line(ENDLESS, "--seeds", "1..2", "--jobs", "2"));
        until("both run", () -> runsHaveBegun(2));
        List<ProcessHandle> children = suite.children().toList();
        suite.destroyForcibly();
        for (ProcessHandle child : children) {
            assertThat(child.onExit().get(BOUND.toSeconds(), TimeUnit.SECONDS).isAlive())
                    .isFalse();
        }
        Suite left = Suite.read(out());
        assertThat(left.status()).isEqualTo(Suite.RUNNING);
        assertThat(left.verdict()).isEqualTo("inconclusive");
        assertThat(out().resolve("junit.xml")).content().contains("errors=\"2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seeds | 5..1 | which runs backwards",
                "--seeds | 1,1 | got seed 1 twice",
                "--seeds | 1.5 | expected seeds such as 1..20",
                "--seeds | 1..99999999 | more than 10000",
                "--seed | 4 | write --seeds 4",
                "--repeat | 0 | expected 1 to 10000",
                "--jobs | many | expected 1 to 256",
                "--name | x | leave it out",
                "--progress | plain | or write -q",
            })
    void wrongFlagsAreRefusedBeforeAnythingIsWritten(String flag, String value, String words) {
        Commands.Said said = Commands.kilonode(line(TINY, flag, value));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains(words);
        assertThat(out()).doesNotExist();
    }

    @Test
    void aWrongScenarioIsFoundBeforeTheFirstRun() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "name: wrong\ndurration: 1m\n");
        List<String> line = line(List.of());
        line.add(wrong.toString());
        Commands.Said said = Commands.kilonode(line);
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err())).contains("durration", "wrong.yaml:2");
        assertThat(out()).doesNotExist();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private List<String> line(List<String> values, String... flags) {
        return new ArrayList<>(Commands.onSmokeLine("suite", out(), values, flags));
    }

    private String digest(SuiteRun run) throws IOException {
        return RunData.read(out().resolve(Objects.requireNonNull(run.directory())))
                .digest();
    }

    private String digestAlone(long seed) throws IOException {
        Path alone = folder.resolve("alone");
        Commands.Said said = Commands.onSmoke("run", alone, TINY, "--seed", Long.toString(seed));
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        return RunData.read(Commands.onlyRun(alone)).digest();
    }

    private Process start(List<String> arguments) throws IOException {
        Process child = Commands.process("-Xmx512m", arguments)
                .redirectOutput(new File(folder.toFile(), "stdout.txt"))
                .redirectError(new File(folder.toFile(), "stderr.txt"))
                .start();
        process = child;
        return child;
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("stderr.txt"));
    }

    /** Whether the run of seed 1 has another process than that. */
    private static boolean isMadeAgain(Process suite, ProcessHandle than) {
        return suite.children()
                .anyMatch(child -> !child.equals(than) && commandLine(child).contains("\0--seed\0001\0"));
    }

    private static ProcessHandle child(Process suite, String seed) {
        return suite.children()
                .filter(child -> commandLine(child).contains("\0--seed\0" + seed + "\0"))
                .findFirst()
                .orElseThrow();
    }

    /** From the system: {@link ProcessHandle.Info} leaves out arguments of more than a page, and a class path is long. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** Whether so many runs tell how far they are. */
    private boolean runsHaveBegun(int count) {
        File[] logs = out().resolve("logs").toFile().listFiles((dir, name) -> name.endsWith(".log"));
        if (logs == null) return false;
        int begun = 0;
        for (File log : logs) {
            try {
                if (Files.readString(log.toPath()).contains("% ")) begun++;
            } catch (IOException e) {
                return false;
            }
        }
        return begun == count;
    }

    private static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
