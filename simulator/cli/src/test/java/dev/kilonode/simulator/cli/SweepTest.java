package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps and shares with real processes. */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
class SweepTest {

    private static final String[] TINY = {
        "--set",
        "nodes.count=16",
        "--set",
        "nodes.per-host=4",
        "--set",
        "nodes.join-over=20s",
        "--set",
        "duration=2m",
        "--set",
        "checks[0].limit=1"
    };

    private static final String[] GRID = {"--vary", "transport.shards=1,2", "--vary", "nodes.count=12,16"};

    @TempDir
    Path folder;

    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void leaveNobodyBehind() {
        programs.forEach(Program::close);
    }

    @Test
    void aGridIsRunCellByCellAndHasATableAPageAndCsv() throws IOException {
        Commands.Said said = sweep("whole", TINY, GRID, "--seeds", "1,2", "--jobs", "2");
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.PASS);
        assertThat(said.lastLine())
                .isEqualTo("kilonode: PASS (exit 0): all 8 runs passed: "
                        + folder.resolve("whole").resolve("suite.html"));
        Suite suite = suite("whole");
        assertThat(suite.runs())
                .extracting(run -> run.seed() + " " + run.point())
                .containsExactly(
                        "1 [1, 12]",
                        "1 [1, 16]",
                        "1 [2, 12]",
                        "1 [2, 16]",
                        "2 [1, 12]",
                        "2 [1, 16]",
                        "2 [2, 12]",
                        "2 [2, 16]");
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(Path.of("../..", "docs", "suite.schema.json")));
        assertThat(schema.validate(Files.readString(folder.resolve("whole").resolve(Suite.FILE)), InputFormat.JSON))
                .isEmpty();
        assertThat(said.out().lines().toList())
                .hasSize(6)
                .first()
                .asString()
                .startsWith("transport.shards  nodes.count  passed  transport.drops.count");
        List<String> csv = Files.readAllLines(folder.resolve("whole").resolve("runs.csv"));
        assertThat(csv)
                .hasSize(9)
                .first()
                .asString()
                .startsWith("scenario,transport.shards,nodes.count,seed,repetition,outcome,");
        assertThat(csv.get(1)).startsWith("smoke-transport.shards=1-nodes.count=12,1,12,1,1,pass,0,smoke/");
        assertThat(folder.resolve("whole").resolve("suite.html"))
                .content()
                .contains("PASS", "nodes.count", "/report.html");
        SuiteRun last = suite.runs().get(7);
        Commands.Said alone =
                Commands.kilonode(line("run", "alone", TINY, "--set", "transport.shards=2", "--seed", "2"));
        assertThat(alone.exit()).as(alone.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(RunData.read(Commands.onlyRun(folder.resolve("alone"))).digest())
                .isEqualTo(digest("whole", last));
    }

    @Test
    void aKilledRunIsMadeAgainAndAKilledSweepIsFinished() throws Exception {
        Commands.Said undisturbed = sweep("whole", TINY, GRID);
        assertThat(undisturbed.exit()).isEqualTo(ExitCode.PASS);
        String[] slow = Stream.concat(Arrays.stream(TINY), Stream.of("--set", "checks=[]", "--duration", "30m"))
                .toArray(String[]::new);
        sweep("slow", slow, GRID);

        Program first = start("cut", slow, GRID);
        Program.await("a run under way", Program.BOUND, () -> first.child() != null && tellsOfProgress("cut"));
        assertThat(Objects.requireNonNull(first.child()).destroyForcibly()).isTrue();
        assertThat(first.awaitLine("is made again")).contains("ended by signal 9");
        Program.await("another run", Program.BOUND, () -> first.child() != null);
        ProcessHandle last = Objects.requireNonNull(first.child());
        first.signal("KILL");
        assertThat(first.awaitExit(Program.BOUND)).isEqualTo(137);
        Program.await("the end of its run", Program.BOUND, () -> !last.isAlive());
        assertThat(suite("cut").verdict()).as("a killed sweep has not passed").isEqualTo("inconclusive");

        Commands.Said finished = sweep("cut", slow, GRID, "--skip-done");
        assertThat(finished.exit()).as(finished.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(results("cut")).isEqualTo(results("slow"));
    }

    @Test
    void sharesMergeToTheSameSuite() throws IOException {
        assertThat(sweep("whole", TINY, GRID).exit()).isEqualTo(ExitCode.PASS);
        for (int share = 1; share <= 3; share++) {
            Commands.Said said = sweep("share-" + share, TINY, GRID, "--shard", share + "/3");
            assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
            assertThat(said.lastLine()).contains("share " + share + " of 3: ");
        }
        Commands.Said some = merge("some", "share-3", "share-1");
        assertThat(some.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(some.lastLine()).contains("share 2 of 3 is missing");
        assertThat(folder.resolve("some").resolve("junit.xml")).content().contains("share 2 of 3 is missing");
        Commands.Said all = merge("all", "share-3", "share-1", "share-2");
        assertThat(all.exit()).as(all.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(all.lastLine()).contains("all 4 runs passed");
        assertThat(results("all")).isEqualTo(results("whole"));
        assertThat(suite("all").share()).isNull();

        refused("one share twice", "are both share 2 of 3", merge("refused", "share-2", "share-2"));
        refused("a whole suite", "is a whole suite, not a share of one", merge("refused", "share-1", "whole"));
        refused("no suite", "is no share of a suite, as it has no suite.json", merge("refused", "share-1", "alone"));
        Commands.Said other = sweep("other", TINY, GRID, "--shard", "2/3", "--seeds", "7");
        assertThat(other.exit()).isEqualTo(ExitCode.PASS);
        refused("other seeds", "is share 2 of 3 of another suite than", merge("refused", "share-1", "other"));
        refused("a share as a whole", "holds share 2 of 3", sweep("share-2", TINY, GRID, "--skip-done"));
        for (String file : List.of(Suite.FILE, Suite.PLAN)) {
            Path build = folder.resolve("share-2").resolve(file);
            Files.writeString(build, Files.readString(build).replaceFirst("\"build\" : \"", "\"build\" : \"0"));
        }
        refused("another build", "is of another build of Kilonode", merge("refused", "share-1", "share-2"));
    }

    private void refused(String what, String words, Commands.Said said) {
        assertThat(said.exit()).as(what).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).as(what).contains(words);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    /** Whether a run of a sweep says how far it is. */
    private boolean tellsOfProgress(String name) {
        try (Stream<Path> logs = Files.list(folder.resolve(name).resolve("logs"))) {
            for (Path log : logs.toList()) if (Files.readString(log).contains("% ")) return true;
        } catch (IOException e) {
            return false; // not there yet
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| sweep needs what to vary; write kilonode sweep",
                "--vary transport.shard=1,2 | 1 problem in the scenario",
                "--vary transport.shards=1,2 --vary transport.shards=4 | got transport.shards twice",
                "--vary seed=1,2 | write --seeds 1..5",
                "--vary name=a,b | which cannot be varied",
                "--vary checks[0].limit=1,2 | which cannot be varied",
                "--vary duration=2m,5m --duration 3m | are the same scenario",
                "--vary workload.uploaders.start-after=1m,60s | are the same scenario",
                "--vary nodes=20,40 --vary nodes.count=30 | got nodes.count twice",
                "--vary transport.shards=1,,2 | a value is missing",
                "--vary transport.shards=1,2 --seeds 1..10000 | got 20000 runs, more than 10000; write fewer values or --seeds, or --yes",
                "--vary transport.shards=1,2 --shard 0/2 | expected a share and the number of shares",
                "--vary transport.shards=1,2 --shard 3/2 | write --shard 3/10",
                "--vary transport.shards=1,2 --shard 3/9 | but there are 2 runs",
            })
    void wrongRequestsAreRefusedBeforeAnythingIsWritten(String flags, String words) {
        Commands.Said said = sweep("none", new String[0], flags == null ? new String[0] : flags.split(" "));
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains(words);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void mergeTakesFoldersAndNoFlagsOfRuns() {
        assertThat(Commands.kilonode(List.of("suite", "merge")).lastLine()).contains("needs the folders of the shares");
        Commands.Said said = Commands.kilonode(List.of("suite", "merge", "a", "--seeds", "1..2"));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains("suite merge takes no --seeds");
    }

    private Commands.Said sweep(String out, String[] values, String[] grid, String... flags) {
        return Commands.kilonode(words(out, values, grid, flags));
    }

    private Commands.Said sweep(String out, String[] values, String[] grid) {
        return sweep(out, values, grid, new String[0]);
    }

    private List<String> words(String out, String[] values, String[] grid, String... flags) {
        List<String> line = line("sweep", out, values, grid);
        line.addAll(List.of(flags));
        return line;
    }

    private List<String> line(String command, String out, String[] values, String... flags) {
        List<String> line = new ArrayList<>(
                List.of(command, Commands.SMOKE, "--out", folder.resolve(out).toString()));
        line.addAll(List.of(values));
        line.addAll(List.of(flags));
        return line;
    }

    private Commands.Said merge(String out, String... shares) {
        List<String> line = new ArrayList<>(List.of("suite", "merge"));
        for (String share : shares) line.add(folder.resolve(share).toString());
        line.addAll(List.of("--out", folder.resolve(out).toString()));
        return Commands.kilonode(line);
    }

    private Program start(String out, String[] values, String[] grid) {
        Program program = Program.start("sweep", Commands.process("-Xmx512m", words(out, values, grid)));
        programs.add(program);
        return program;
    }

    private Suite suite(String name) throws IOException {
        return Suite.read(folder.resolve(name));
    }

    private String digest(String suite, SuiteRun run) throws IOException {
        return RunData.read(folder.resolve(suite).resolve(Objects.requireNonNull(run.directory())))
                .digest();
    }

    /** What came of each cell: outcome, digest, and the bytes of its windows but for the speed of the machine. */
    private Map<String, String> results(String name) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (SuiteRun run : suite(name).runs()) {
            assertThat(run.state()).isEqualTo(State.PASS);
            Path windows = folder.resolve(name)
                    .resolve(Objects.requireNonNull(run.directory()))
                    .resolve("data")
                    .resolve("windows.csv");
            List<String> lines = Files.readAllLines(windows).stream()
                    .filter(line -> !line.contains("engine.speed"))
                    .toList();
            all.put(run.scenario() + " " + run.id(), run.words() + digest(name, run) + lines);
        }
        return all;
    }
}
