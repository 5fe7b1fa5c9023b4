package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of {@code docs/ci.md} in a repository like ours, with a launcher that starts the classes under test. Small: fewer
 * seeds, and sizes by the variables that users have as well. What the runs conclude at that size is not the point.
 */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
class CiRecipesTest {

    private static final Pattern BLOCK = Pattern.compile("```(yaml|sh)\\n(.*?)```", Pattern.DOTALL);
    private static final long BOUND_SECONDS = 600;

    @TempDir
    Path folder;

    /** One job, or one block of commands. */
    private record Recipe(String kind, List<String> scripts) {
        boolean has(String word) {
            return scripts.stream().anyMatch(script -> script.contains(word));
        }
    }

    @Test
    void theGateOfGitHubRuns() throws Exception {
        theGateScenarioRuns(recipe("github", "gate.yaml"));
    }

    @Test
    void theGateOfGitLabRuns() throws Exception {
        theGateScenarioRuns(recipe("gitlab", "gate.yaml"));
    }

    @Test
    void theSoaksRunAndAreTheSame() throws Exception {
        Recipe github = recipe("github", "rc-17");
        Recipe gitlab = recipe("gitlab", "rc-17");
        assertThat(gitlab.scripts())
                .containsExactlyElementsOf(
                        github.scripts().stream().map(String::strip).toList());
        Path repository = repository();
        Map<String, String> small = Map.of(
                "KILONODE_SCALE", "0.05",
                "KILONODE_DURATION", "20m",
                "KILONODE_SET", "nodes.join-over=5m\nworkload.uploaders.start-after=8m");
        run(gitlab, repository, small, "--seeds 1..2", "--seeds 1");
        Suite suite = Suite.read(repository.resolve("results/soak"));
        assertThat(suite.runs()).hasSize(2).allMatch(run -> run.state().ended());
        assertThat(repository.resolve("junit.xml")).content().contains("<testcase");
    }

    @Test
    void aSingleRunRuns() throws Exception {
        Path repository = repository();
        run(recipe("sh", "smoke.yaml"), repository, Map.of("KILONODE_DURATION", "3m"), "", "");
        assertThat(repository.resolve("junit.xml")).exists();
        assertThat(repository.resolve("summary.md")).exists();
    }

    @Test
    void theSoaksInWallTimeRun() throws Exception {
        Path repository = repository();
        String own = "wall.first-address=127.140." + ProcessHandle.current().pid() % 250 + ".1";
        Map<String, String> small = Map.of(
                "KILONODE_SCALE", "0.05",
                "KILONODE_DURATION", "20s",
                "KILONODE_SET",
                        own
                                + "\n"
                                + "nodes.join-over=1s\n"
                                + "workload.uploaders.start-after=2s\n"
                                + "workload.uploaders.start-spread=0s\n"
                                + "metrics.window=1s");
        for (String soak :
                recipe("sh", "soak-24h.yaml").scripts().get(0).lines().toList()) {
            run(new Recipe("sh", List.of(soak)), repository, small, "", "");
        }
        Suite suite = Suite.read(repository.resolve("results/wall"));
        assertThat(suite.runs()).hasSize(1).allMatch(run -> run.state().ended());
        assertThat(repository.resolve("wall.xml")).content().contains("<testcase");
        assertThat(repository.resolve("day.xml")).content().contains("<testcase");
    }

    /** The blocks of docs/cluster.md, with programs that stand for a cluster: each host is a folder of this machine. */
    @Test
    void theSharesRunOverSshAndSlurm() throws Exception {
        Path repository = repository();
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path hosts = folder.resolve("hosts");
        program(programs.resolve("ssh"), "host=$1\nshift\ncd '" + hosts + "'/$host && exec sh -c \"$*\"");
        program(programs.resolve("scp"), "shift\nexec cp -r '" + hosts + "'/${1%%:*}/${1#*:} $2");
        program(
                programs.resolve("sbatch"),
                "for word; do case $word in --array=1-*) last=${word#*-}; last=${last#*-};; --wrap=*) do=${word#--wrap=};; esac; done\n"
                        + "for SLURM_ARRAY_TASK_ID in $(seq 1 ${last#*-}); do export SLURM_ARRAY_TASK_ID; sh -c \"$do\" || bad=1; done\n"
                        + "exit ${bad:-0}");
        Map<String, String> small = Map.of(
                "KILONODE_SCALE", "0.2",
                "KILONODE_DURATION", "10m",
                "PATH", programs + ":" + System.getenv("PATH"));
        for (int i = 1; i <= 3; i++) {
            Path host = Files.createDirectories(hosts.resolve("host-" + i));
            bash("cp -r '" + repository + "' kilonode", host, Map.of(), 0);
        }
        List<String> blocks = recipes("cluster.md").stream()
                .flatMap(recipe -> recipe.scripts().stream())
                .toList();
        assertThat(blocks).hasSize(2);
        for (String block : blocks) {
            String script = block.replace("--seeds 1..200", "--seeds 1..3")
                    .replace("--array=1-10", "--array=1-2")
                    .replace("TASK_ID/10", "TASK_ID/2");
            bash(script, repository, small, 0, 1, 3);
            Suite suite = Suite.read(repository.resolve("results/all"));
            assertThat(suite.status()).as(block).isEqualTo(Suite.COMPLETE);
            assertThat(suite.runs()).hasSize(3).allMatch(run -> run.state().ended());
            bash("rm -r shares results", repository, Map.of(), 0);
        }
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void noBlockOfCommandsIsLeftOut() throws IOException {
        assertThat(recipes()).hasSize(6).allMatch(recipe -> recipe.has("./kilonode "));
        assertThat(Files.readString(Path.of("../..", "docs", "ci.md")).split("```", -1))
                .as("every fence is opened and closed")
                .hasSize(2 * 6 + 1);
    }

    private void theGateScenarioRuns(Recipe gate) throws Exception {
        assertThat(gate.has("compare results/base results/new --gate")).isTrue();
        assertThat(gate.has("--seeds 1..20")).isTrue();
        Path repository = repository();
        Path summary = folder.resolve("step-summary");
        Map<String, String> small = Map.of(
                "KILONODE_SCALE", "0.2",
                "KILONODE_DURATION", "10m",
                "BASE_SHA", "HEAD",
                "GITHUB_ACTIONS", "true",
                "GITHUB_STEP_SUMMARY", summary.toString());
        run(gate, repository, small, "--seeds 1..20", "--seeds 1..2");
        Suite base = Suite.read(repository.resolve("results/base"));
        Suite changed = Suite.read(repository.resolve("results/new"));
        assertThat(base.runs()).hasSize(2).allMatch(run -> run.state().ended());
        assertThat(changed.runs()).hasSize(2).allMatch(run -> run.state().ended());
        assertThat(changed.runs().get(0).scenarioHash())
                .isEqualTo(base.runs().get(0).scenarioHash());
        assertThat(repository.resolve("junit.xml")).content().contains("<testcase");
        assertThat(summary).content().contains("suite of 2 runs");
    }

    private static Recipe recipe(String kind, String word) throws IOException {
        return recipes().stream()
                .filter(recipe -> recipe.kind().equals(kind) && recipe.has(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/ci.md has no recipe for " + kind + " with " + word));
    }

    private static List<Recipe> recipes() throws IOException {
        return recipes("ci.md");
    }

    private static List<Recipe> recipes(String page) throws IOException {
        List<Recipe> all = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../..", "docs", page)));
        while (blocks.find()) {
            all.add(blocks.group(1).equals("sh") ? new Recipe("sh", List.of(blocks.group(2))) : job(blocks.group(2)));
        }
        return all;
    }

    private static Recipe job(String yaml) throws IOException {
        JsonNode file = YAMLMapper.builder().build().readTree(yaml);
        List<String> scripts = new ArrayList<>();
        boolean github = file.has("jobs");
        for (JsonNode job : github ? file.path("jobs") : file) {
            for (JsonNode step : github ? job.path("steps") : job.path("script")) {
                String script = github ? step.path("run").asText("") : step.asText();
                if (!script.isEmpty()) scripts.add(script);
            }
        }
        return new Recipe(github ? "github" : "gitlab", scripts);
    }

    /** A checkout of a repository with our scenarios and a launcher. */
    private Path repository() throws Exception {
        Path repository = Files.createDirectories(folder.resolve("checkout"));
        Path shipped = Path.of("../..", "scenarios");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = repository.resolve("scenarios").resolve(shipped.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path launcher = repository.resolve("kilonode");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -Xmx1g -Djava.awt.headless=true -cp '" + System.getProperty("java.class.path") + "' "
                        + Main.class.getName() + " \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        bash(
                "git init -q . && git add . && git -c user.name=t -c user.email=t@localhost commit -q -m start",
                repository,
                Map.of(),
                0);
        return repository;
    }

    private void run(Recipe recipe, Path repository, Map<String, String> environment, String seeds, String fewer)
            throws Exception {
        boolean hasCompare = Commands.kilonode(List.of("help", "compare")).exit() == ExitCode.PASS;
        for (String script : recipe.scripts()) {
            if (script.contains("kilonode compare") && !hasCompare) continue; // a build without that command
            bash(script.replace(seeds, fewer), repository, environment, 0, 1, 3);
        }
    }

    private void bash(String script, Path in, Map<String, String> environment, Integer... right) throws Exception {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KILONODE_") || name.startsWith("GITHUB_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS))
                    .as(script)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(script + "\n" + Files.readString(said))
                .isIn((Object[]) right);
    }
}
