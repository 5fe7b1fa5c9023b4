package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that keeps what its clients leave over: whatever the length of a window, the trend is seen. */
@Tag("once")
class LeakTest {

    private static final String LEAK = """
        name: left-over
        duration: 5h
        hosts: [{name: machines, count: 3, cores: 2}]
        nodes: {count: 12, per-host: 4, bootstraps: 2, join-over: 20s}
        network: {keeps-dead-connections: true}
        dht: {refresh: {buckets: 1}}
        workload:
          uploaders: {count: 1, start-after: 2m, start-spread: 0s, every: 4m, abrupt-exit: 100%}
          upload: {file-size: 1MB, payment: 5s}
        checks:
          - {id: leak, metric: connections.open, where: {origin: left-over}, stat: mean, over: trend, op: "<=", limit: 20%}
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"20m", "6m"})
    void aLeakFailsWithShortWindowsAndLongOnes(String window) throws IOException {
        Path scenario = Files.writeString(folder.resolve("leak.yaml"), LEAK);
        Commands.Said said = Commands.kilonode(List.of(
                "run",
                scenario.toString(),
                "--out",
                folder.resolve("results").toString(),
                "--set",
                "metrics.window=" + window,
                "--set",
                "report.png=false"));
        assertThat(said.exit()).as("%s: %s", window, said.err()).isEqualTo(ExitCode.FAIL);
        assertThat(said.lastLine()).contains("leak (since");
    }
}
