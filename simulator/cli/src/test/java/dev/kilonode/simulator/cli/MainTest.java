package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.FailOn;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.scenario.ScenarioSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final FakeRunner runner = new FakeRunner();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String file = "";

    @TempDir
    Path folder;

    @BeforeEach
    void aScenario() throws IOException {
        file = Files.writeString(folder.resolve("s.yaml"), "name: small\nduration: 2h\nnodes: {count: 100}\n")
                .toString();
        environment.put("KILONODE_OUT", folder.resolve("results").toString());
    }

    private ExitCode kilonode(String... arguments) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                false,
                false);
        return new Main(console, runner).run(List.of(arguments));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String lastLine() {
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private RunSpec request() {
        return runner.requests.get(runner.requests.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run FILE --sed 5 | unknown flag --sed; did you mean --seed?",
                "run FILE --durration 1s | unknown flag --durration; did you mean --duration?",
                "run FILE --durration=1s | unknown flag --durration; did you mean --duration?",
                "run FILE --seed | --seed needs a value; write --seed VALUE",
                "run FILE --seed --out x | --seed needs a value; write --seed VALUE",
                "run FILE --seed 1 --seed 2 | --seed was given twice; write it once",
                "run FILE --quiet=no | --quiet takes no value; write --quiet, or leave it out",
                "run | run needs FILE; write kilonode run FILE",
                "run FILE FILE | run takes one FILE, got ",
                "run seed=5 | got \"seed=5\", expected FILE; write --set seed=5 to change a value",
                "runn FILE | unknown command runn; did you mean run?",
                "hunt FILE | unknown command hunt; commands: run validate plan show",
                "--seed 5 run FILE | the command comes first, got the flag --seed",
                "run FILE --progress fancy | --progress: got \"fancy\", expected one of auto, tty, plain, json, none",
                "run FILE --fail-on warm | --fail-on: got \"warm\", expected one of fail, inconclusive, warn; did you"
                        + " mean warn?",
                "run FILE --time-budget 20 | --time-budget: got 20, expected a duration; write 20s",
                "run FILE --scale 0 | --scale: got \"0\", expected a factor above 0, at most 100; write --scale 0.2",
                "run FILE --scale NaN | --scale: got \"NaN\", expected a factor",
                "run FILE --name a/b | --name: got \"a/b\", expected letters, digits",
                "show FILE --format xml | --format: got \"xml\", expected text or json; write --format json",
                "schema FILE | schema takes no operands, got ",
                "verify-determinism FILE --runs 1 | --runs: got \"1\", expected 2 to 100; write --runs 2",
                "report FILE | expected a run directory, which holds a manifest.json",
                "check | check needs DIR; write kilonode check DIR",
                "check FILE FILE | check takes one DIR, got ",
                "check FILE | is not a run directory: it has no manifest.json",
                "check FILE --wiht x | unknown flag --wiht; did you mean --with?",
                "check FILE --fail-on warm | --fail-on: got \"warm\", expected one of fail, inconclusive, warn; did"
                        + " you mean warn?",
                "validate | validate needs FILE...; write kilonode validate scenarios/smoke.yaml",
                "help runn | unknown command runn; did you mean run?"
            })
    void mistakesOnTheCommandLineExitWithTwoAndARemedy(String line, String words) {
        assertThat(kilonode(line.replace("FILE", file).split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(lastLine()).startsWith("kilonode: USAGE (exit 2): ").contains(words);
        assertThat(runner.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--seed=x, '--seed: seed: got \"x\", expected a whole number'",
        "--set=transport.shrads=3, did you mean shards?",
        "--clock=wal, '--clock: clock: got \"wal\", expected one of virtual, wall'",
        "--duration=3, '--duration: duration: got 3, expected a duration; write 3s'"
    })
    void aWrongValueIsReportedWithItsFlag(String flag, String words) {
        assertThat(kilonode("run", file, flag)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(words);
        assertThat(lastLine()).isEqualTo("kilonode: USAGE (exit 2): 1 problem in the scenario");
    }

    @Test
    void flagsReachTheRun() {
        assertThat(kilonode(
                        "run",
                        "--seed=5",
                        file,
                        "--set",
                        "description=a,b",
                        "--set=transport.shards=4",
                        "--duration",
                        "1h",
                        "--name",
                        "n",
                        "--real-crypto",
                        "--time-budget",
                        "20m",
                        "--fail-on",
                        "warn",
                        "--junit",
                        "j.xml",
                        "--summary-md=s.md",
                        "--scale",
                        "0.5"))
                .isEqualTo(ExitCode.PASS);
        RunSpec request = request();
        var scenario = request.scenario().scenario();
        assertThat(scenario.seed()).isEqualTo(5);
        assertThat(scenario.description()).isEqualTo("a,b");
        assertThat(scenario.transport().shards()).isEqualTo(4);
        assertThat(scenario.duration()).isEqualTo(Duration.ofHours(1));
        assertThat(scenario.nodes().count()).isEqualTo(50);
        assertThat(request.name()).isEqualTo("n");
        assertThat(request.realCrypto()).isTrue();
        assertThat(request.timeBudget()).isEqualTo(Duration.ofMinutes(20));
        assertThat(request.failOn()).isEqualTo(FailOn.WARN);
        assertThat(request.copies().junit()).isEqualTo(Path.of("j.xml"));
        assertThat(request.copies().summaryMd()).isEqualTo(Path.of("s.md"));
        assertThat(request.command())
                .isEqualTo("./kilonode run " + file
                        + " --set description=a,b --set transport.shards=4 --seed 5 --duration 1h"
                        + " --scale 0.5 --real-crypto");
    }

    @Test
    void aFlagBeatsSetAndSetBeatsTheEnvironment() {
        environment.put("KILONODE_SEED", "1");
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.PASS);
        assertThat(request().scenario().scenario().seed()).isEqualTo(1);
        assertThat(kilonode("run", file, "--set", "seed=2")).isEqualTo(ExitCode.PASS);
        assertThat(request().scenario().scenario().seed()).isEqualTo(2);
        assertThat(kilonode("run", file, "--seed", "3", "--set", "seed=2")).isEqualTo(ExitCode.PASS);
        assertThat(request().scenario().scenario().seed()).isEqualTo(3);
    }

    @Test
    void everyFlagHasAVariableAndMessagesNameIt() {
        environment.put("KILONODE_SET", "transport.shards=3\ntransport.event-capacity=7");
        environment.put("KILONODE_REAL_CRYPTO", "true");
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.PASS);
        assertThat(request().scenario().scenario().transport().shards()).isEqualTo(3);
        assertThat(request().scenario().scenario().transport().eventCapacity()).isEqualTo(7);
        assertThat(request().realCrypto()).isTrue();
        environment.put("KILONODE_REAL_CRYPTO", "maybe");
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.USAGE);
        assertThat(lastLine()).contains("KILONODE_REAL_CRYPTO: got \"maybe\", expected true or false");
    }

    @Test
    void theVerdictIsTheLastLineAndTheExitCode() {
        runner.exit = ExitCode.FAIL;
        assertThat(kilonode("run", file).number()).isEqualTo(1);
        assertThat(lastLine())
                .isEqualTo("kilonode: FAIL (exit 1): 1 of 9 checks: " + folder.resolve("results/run-1/report.html"));
        runner.exit = ExitCode.INCONCLUSIVE;
        assertThat(kilonode("run", file).number()).isEqualTo(3);
        assertThat(lastLine()).startsWith("kilonode: INCONCLUSIVE (exit 3): ");
    }

    @Test
    void anInterruptionBeatsAFailedCheckButNotABug() {
        runner.interrupted = true;
        runner.exit = ExitCode.FAIL;
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(lastLine()).startsWith("kilonode: INTERRUPTED (exit 130): interrupted; ");
        runner.exit = ExitCode.NONDETERMINISM;
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.NONDETERMINISM);
    }

    @Test
    void codesRankAsPublished() {
        List<ExitCode> ranked = List.of(
                ExitCode.INTERNAL,
                ExitCode.USAGE,
                ExitCode.ENVIRONMENT,
                ExitCode.NONDETERMINISM,
                ExitCode.INTERRUPTED,
                ExitCode.FAIL,
                ExitCode.INCONCLUSIVE,
                ExitCode.PASS);
        for (int i = 0; i < ranked.size(); i++) {
            for (int j = i; j < ranked.size(); j++) {
                assertThat(ranked.get(i).or(ranked.get(j))).isEqualTo(ranked.get(i));
                assertThat(ranked.get(j).or(ranked.get(i))).isEqualTo(ranked.get(i));
            }
        }
        assertThat(ranked).extracting(ExitCode::number).containsExactly(70, 2, 4, 5, 130, 1, 3, 0);
        assertThat(ExitCode.TERMINATED.number()).isEqualTo(143);
    }

    @Test
    void missingResourcesExitWithFourAndBugsWithSeventy() {
        runner.fails = true;
        runner.failure = new EnvironmentException("disk is full");
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(lastLine()).isEqualTo("kilonode: ENVIRONMENT (exit 4): disk is full");
        runner.failure = new IllegalStateException("queue is not balanced\nsecond line");
        assertThat(kilonode("run", file)).isEqualTo(ExitCode.INTERNAL);
        assertThat(lastLine()).contains("INTERNAL (exit 70)").contains("queue is not balanced");
        assertThat(kilonode("run", file, "--set", "nodes.count=1000000", "--set", "nodes.per-host=100000"))
                .isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(lastLine()).contains("1000000 nodes need about").contains("--scale");
    }

    @Test
    void equalRunsAreDeterministicAndTheFirstDifferenceIsShown() {
        runner.digests.addAll(List.of(
                "60000 aa\n120000 bb\n", "60000 aa\n120000 bb\n", "60000 aa\n120000 bb\n", "60000 aa\n120000 cc\n"));
        assertThat(kilonode("verify-determinism", file)).isEqualTo(ExitCode.PASS);
        assertThat(out().strip()).isEqualTo("bb");
        assertThat(kilonode("verify-determinism", file, "--runs", "2")).isEqualTo(ExitCode.NONDETERMINISM);
        assertThat(lastLine())
                .startsWith("kilonode: NONDETERMINISM (exit 5): run 2 differs from run 1 in window 2, after 60000 ms:"
                        + " \"120000 bb\" and \"120000 cc\"");
    }

    @Test
    void aRunCutShortIsNotDeclaredDeterministic() {
        runner.interrupted = true;
        assertThat(kilonode("verify-determinism", file)).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void validatePrintsOkOrAllProblems() throws IOException {
        assertThat(kilonode("validate", file, file)).isEqualTo(ExitCode.PASS);
        assertThat(out()).isEqualTo(("ok " + file + ": 100 nodes on 67 hosts for 2h\n").repeat(2));
        String bad = Files.writeString(folder.resolve("bad.yaml"), "seed: x\n").toString();
        assertThat(kilonode("validate", file, bad)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(bad + ":1:7: seed: got \"x\"");
        assertThat(lastLine()).isEqualTo("kilonode: USAGE (exit 2): 1 of 2 scenarios cannot be run as written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan"})
    void warningsArePrintedAndPartOfTheJson(String command) throws IOException {
        String[] line = {command, file, "--set", "hosts=[{name: m, count: 67, down: 6Mbps}]", "--format=json"};
        assertThat(kilonode(line)).isEqualTo(ExitCode.PASS);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("warning: ", "hosts[0].down: got 6Mbps, over which a chunk");
        JsonNode json = new ObjectMapper().readTree(out());
        JsonNode warnings = json.isArray() ? json.at("/0/warnings") : json.at("/warnings");
        assertThat(warnings.findValuesAsText("path")).contains("hosts[0].down");
        assertThat(warnings.findValuesAsText("message")).anyMatch(message -> message.contains("write 6."));
    }

    @Test
    void onlyJsonIsPrintedToStdout() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        assertThat(kilonode("show", file, "--format", "json", "--seed", "4")).isEqualTo(ExitCode.PASS);
        JsonNode shown = mapper.readTree(out());
        assertThat(shown.at("/scenario/nodes/count").asInt()).isEqualTo(100);
        assertThat(shown.at("/origins/seed").asText()).isEqualTo("--seed");
        assertThat(kilonode("run", file, "--format=json")).isEqualTo(ExitCode.PASS);
        assertThat(mapper.readTree(out()).at("/exit_code").asInt(-1)).isZero();
        assertThat(kilonode("validate", file, "--format=json")).isEqualTo(ExitCode.PASS);
        assertThat(mapper.readTree(out()).at("/0/ok").asBoolean()).isTrue();
        assertThat(kilonode("version", "--format=json")).isEqualTo(ExitCode.PASS);
        assertThat(mapper.readTree(out()).at("/version").asText()).isNotBlank();
        assertThat(kilonode("doctor", "--format=json").number()).isIn(0, 4);
        assertThat(mapper.readTree(out()).size()).isEqualTo(10);
    }

    @Test
    void showNamesTheOriginOfEachValue() {
        assertThat(kilonode("show", file)).isEqualTo(ExitCode.PASS);
        assertThat(out()).contains("duration: 2h # " + file + ":2:11\n").contains("  shards: 8 # built-in\n");
        assertThat(lastLine()).isEmpty();
    }

    @Test
    void schemaAndHelpPrintWhatTheySay() {
        assertThat(kilonode("schema")).isEqualTo(ExitCode.PASS);
        assertThat(out()).isEqualTo(ScenarioSchema.text());
        assertThat(kilonode("--help")).isEqualTo(ExitCode.PASS);
        assertThat(out()).contains("verify-determinism FILE").contains("kilonode help COMMAND");
        assertThat(kilonode("run", "--help")).isEqualTo(ExitCode.PASS);
        assertThat(out()).contains("--time-budget VALUE").contains("-q, --quiet");
        assertThat(kilonode()).isEqualTo(ExitCode.USAGE);
        assertThat(runner.requests).isEmpty();
    }
}
