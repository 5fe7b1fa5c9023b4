package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose runs are made by workers that are processes of their own. */
@Tag("once")
@DisabledOnOs(OS.WINDOWS)
class LeasesTest {

    private static final List<String> GRID = List.of(
            "--set",
            "nodes.count=16",
            "--set",
            "nodes.per-host=4",
            "--set",
            "nodes.join-over=20s",
            "--set",
            "checks=[]",
            "--duration",
            "40m",
            "--vary",
            "transport.shards=1,2",
            "--seeds",
            "1,2");

    @TempDir
    Path folder;

    private final List<Program> programs = new ArrayList<>();
    private int port;

    @BeforeEach
    void freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void leaveNobodyBehind() {
        programs.forEach(Program::close);
    }

    @Test
    void killedWorkersRunsAndCoordinatorsChangeNoResult() throws Exception {
        List<String> alone = new ArrayList<>(line("alone"));
        assertThat(Commands.kilonode(alone).exit()).isEqualTo(ExitCode.PASS);

        Program first = coordinator("leased");
        Program one = worker();
        one.awaitLine("making smoke-transport.shards=");
        one.signal("KILL");
        assertThat(first.awaitLine("; it is made again")).contains("its worker was lost: ");
        Program two = worker();
        two.awaitLine("making smoke-transport.shards=");
        Program.await("a run", Program.BOUND, () -> two.child() != null);
        assertThat(Objects.requireNonNull(two.child()).destroyForcibly())
                .as("its run")
                .isTrue();
        Program.await("a result", Program.BOUND, () -> ended("leased") > 0);
        first.signal("KILL");
        assertThat(two.awaitLine("joining again for 10m")).contains("the coordinator");

        Program second = coordinator("leased", "--skip-done");
        assertThat(second.awaitExit(Program.BOUND)).as(second.said()).isZero();
        assertThat(second.lastLine()).startsWith("kilonode: PASS (exit 0): all 4 runs passed");
        assertThat(two.awaitExit(Program.BOUND)).as(two.said()).isZero();
        assertThat(two.lastLine()).contains("all runs have been made, ");
        assertThat(results("leased")).isEqualTo(results("alone"));
        assertThat(folder.resolve("leased").resolve("incoming")).doesNotExist();
        assertThat(folder.resolve("leased").resolve("suite.html")).content().contains("/report.html");
    }

    @Test
    void wrongRequestsAreRefused() {
        Commands.Said jobs = Commands.kilonode(line("none", "--listen", "127.0.0.1:0", "--jobs", "2"));
        assertThat(jobs.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(jobs.lastLine()).contains("--jobs is for runs on this machine");
        Commands.Said certs = Commands.kilonode(line("none", "--certs", "."));
        assertThat(certs.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(certs.lastLine()).contains("--certs is for --listen");
        Commands.Said nobody = Commands.kilonode(line("nobody", "--listen", "127.0.0.1:0", "--wait", "1s"));
        assertThat(nobody.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(nobody.lastLine()).contains("no worker has joined 127.0.0.1:", "--skip-done");
    }

    private List<String> line(String out, String... flags) {
        List<String> line = new ArrayList<>(
                List.of("sweep", Commands.SMOKE, "--out", folder.resolve(out).toString()));
        line.addAll(GRID);
        line.addAll(List.of(flags));
        return line;
    }

    private Program coordinator(String out, String... flags) throws InterruptedException {
        List<String> line = line(out, flags);
        line.addAll(List.of("--listen", "127.0.0.1:" + port));
        Program program = started("coordinator", line);
        program.awaitLine("workers join at 127.0.0.1:" + port);
        return program;
    }

    private Program worker() {
        return started("worker", List.of("worker", "--join", "127.0.0.1:" + port));
    }

    private Program started(String name, List<String> line) {
        Program program = Program.start(name, Commands.process("-Xmx256m", line));
        programs.add(program);
        return program;
    }

    private long ended(String name) {
        try {
            return Suite.read(folder.resolve(name)).ended();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of each run: outcome, hash of the scenario, digest, and its windows but for the speed of the machine. */
    private Map<String, String> results(String name) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (SuiteRun run : Suite.read(folder.resolve(name)).runs()) {
            Path directory = folder.resolve(name).resolve(Objects.requireNonNull(run.directory(), run.words()));
            RunData data = RunData.read(directory);
            List<String> windows = Files.readAllLines(directory.resolve("data").resolve("windows.csv")).stream()
                    .filter(line -> !line.contains("engine.speed"))
                    .toList();
            all.put(
                    run.scenario() + " " + run.id(),
                    run.state() + Objects.requireNonNull(data.summary()).scenarioHash() + data.digest() + windows);
        }
        assertThat(all).hasSize(4);
        return all;
    }
}
