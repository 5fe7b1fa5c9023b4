package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

    /** One run for all tests, each of which has a copy of its own. */
    @TempDir
    static Path original;

    @TempDir
    Path out;

    @BeforeAll
    static void oneRun() {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("report.png=false");
        assertThat(Commands.onSmoke("run", original, values).exit()).isEqualTo(ExitCode.PASS);
    }

    private Path copy() throws IOException {
        Path from = Commands.onlyRun(original);
        Path to = out.resolve("run");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = Files.copy(file, to.resolve(from.relativize(file).toString()));
                assertThat(copied).exists();
            }
        }
        return to;
    }

    @Test
    void ownChecksAndThoseOfAnotherFileAreEvaluatedAgainWithoutAChange() throws IOException {
        Path run = copy();
        List<String> before = content(run);
        Commands.Said again = check(run);
        assertThat(again.exit()).as(again.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(again.lastLine()).isEqualTo("kilonode: PASS (exit 0): all 4 checks passed: " + run);
        assertThat(again.out().lines()).hasSize(4).allMatch(line -> line.startsWith("PASS "));

        String strict = file(
                "checks:\n  - {id: quick, metric: upload.latency, stat: p95, op: <=, limit: 1s, because: why not}\n"
                        + "  - {id: warned, metric: upload.latency, stat: p95, op: <=, limit: 2s, severity: warn}\n");
        Commands.Said failed = check(run, "--with", strict);
        assertThat(failed.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(failed.lastLine()).isEqualTo("kilonode: FAIL (exit 1): 1 of 2 checks failed: quick: " + run);
        assertThat(failed.out())
                .contains("FAIL quick: upload.latency p95 was ")
                .contains("limit <= 1,000 ms, worst at ")
                .contains("; why not\n");

        JsonNode json = new ObjectMapper()
                .readTree(check(run, "--with", strict, "--format", "json").out());
        assertThat(json.at("/exit_code").asInt()).isEqualTo(1);
        assertThat(json.at("/checks/0/status").asText()).isEqualTo("fail");
        assertThat(json.at("/checks/1/status").asText()).isEqualTo("warn");

        String few = file("checks: [{metric: upload.latency, stat: p95, op: <=, limit: 1h, min-samples: 999}]\n");
        assertThat(check(run, "--with", few).exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(check(run, "--with", few, "--fail-on", "inconclusive").exit())
                .isEqualTo(ExitCode.FAIL);
        assertThat(check(run, "--with", few, "--fail-on", "inconclusive").lastLine())
                .contains("too little data for upload.latency-p95 (--fail-on inconclusive): ");
        String warns =
                file("checks: [{id: slow, metric: upload.latency, stat: p95, op: <=, limit: 1s, severity: warn}]\n");
        assertThat(check(run, "--with", warns).exit()).isEqualTo(ExitCode.PASS);
        assertThat(check(run, "--with", warns).lastLine()).contains("0 of 1 checks passed; warned: slow: ");
        assertThat(check(run, "--with", warns, "--fail-on", "warn").lastLine())
                .startsWith("kilonode: FAIL (exit 1): 0 of 1 checks passed; warned: slow (--fail-on warn): ");
        assertThat(content(run)).isEqualTo(before);
    }

    @Test
    void checksThatDoNotFitTheRunAreReportedForTheirFile() throws IOException {
        Path run = copy();
        String long1 = file("checks:\n  - {metric: upload.latency, stat: p95, op: <=, limit: 1s, over: window 9m}\n");
        Commands.Said said = check(run, "--with", long1);
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err()))
                .contains(long1
                        + ":2:66: checks[0].over: got a window longer than the run; write over: window 3m or less");
        said = check(run, "--with", file("cheks: []\n"));
        assertThat(said.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join("\n", said.err())).contains("got no checks, expected some to evaluate");
        assertThat(check(run, "--with", out.resolve("nowhere.yaml").toString()).exit())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "manifest.json | DELETE | is not a run directory: it has no manifest.json",
                "manifest.json | '' | is not a run directory: its manifest.json has no schema",
                "manifest.json | '{\"name\": \"a web app\"}' | is not a run directory: its manifest.json has no schema",
                "manifest.json | '{\"schema\": 1, \"na' | manifest.json is damaged: Unexpected end",
                "manifest.json | '[1]' | is not a run directory: its manifest.json has no schema",
                "manifest.json | '{\"schema\": 9, \"name\": \"a\", \"scenario\": \"a\", \"status\": \"b\","
                        + " \"started_at\": \"c\"}' | was written by a newer Kilonode",
                "manifest.json | '{\"schema\": 1, \"name\": [], \"scenario\": \"a\", \"status\": \"b\","
                        + " \"started_at\": \"c\"}' | manifest.json is damaged: ",
                "summary.json | '{\"verdict\": 3' | summary.json is damaged: Unexpected end",
                "summary.json | '{}' | summary.json is not that of a run",
                "summary.json | '{\"verdict\": \"pass\", \"checks\": [{\"id\": \"a\", \"limit\": 1, \"status\":"
                        + " \"pass\"}], \"metrics\": {}}' | summary.json is damaged: ",
                "scenario.resolved.yaml | DELETE | holds no scenario.resolved.yaml",
                "scenario.resolved.yaml | 'hosts: 3' | 1 problem in the scenario",
                "data/windows.csv | DELETE | holds no data/windows.csv"
            })
    void aForeignOrTruncatedDirectoryExitsWithTwoAndAMessage(String file, String content, String words)
            throws IOException {
        Path run = copy();
        if (content.equals("DELETE")) Files.delete(run.resolve(file));
        else Files.writeString(run.resolve(file), content);
        Commands.Said said = check(run);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains(words);
        assertThat(said.err()).noneMatch(line -> line.startsWith("\tat "));
        if (file.equals("summary.json") || file.equals("manifest.json")) {
            assertThat(Commands.kilonode(List.of("report", run.toString())).exit())
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void nanValuesAreLeftOut() throws IOException {
        Path run = copy();
        Path windows = run.resolve("data/windows.csv");
        Files.writeString(
                windows,
                Files.readString(windows)
                        .replaceAll(",upload\\.succeeded,,count,\\d+", ",upload.succeeded,,count,NaN"));
        Commands.Said said = check(run);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(said.out()).doesNotContain("NaN").contains("INCONCLUSIVE upload.succeeded-count");
    }

    private Commands.Said check(Path run, String... flags) {
        List<String> line = new ArrayList<>(List.of("check", run.toString()));
        line.addAll(List.of(flags));
        return Commands.kilonode(line);
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(out, "checks", ".yaml"), text)
                .toString();
    }

    private static List<String> content(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
            return all;
        }
    }
}
