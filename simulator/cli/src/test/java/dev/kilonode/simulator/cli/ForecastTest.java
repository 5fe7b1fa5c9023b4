package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts of a network so small and so slow to register that it breaks within minutes; each run is a process. */
@Tag("once")
class ForecastTest {

    private static final String TINY = """
        extends: %s
        name: tiny
        nodes: {count: 12, per-host: 3, join-over: 20s}
        transport: {registry: lock-across-registration}
        dht: {notifications: {rate: 5/s}}
        network: {keeps-dead-connections: true}
        workload: {uploaders: {every: 30s, abrupt-exit: 100%%}, upload: {file-size: 1MB}}
        costs: {endpoint-lock: {wait-per-packet-rate: 1500us}}
        report: {png: false}
        checks: [{id: shards-keep-up, metric: transport.drops, stat: ratio, op: <=, limit: 1%%, min-samples: 100}]
        """;

    @TempDir
    Path folder;

    private final List<String> line = new ArrayList<>();

    private Commands.Said forecast(String... flags) throws IOException {
        Path smoke = Path.of(Commands.SMOKE).toAbsolutePath().normalize();
        Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY.formatted(smoke));
        line.clear();
        line.addAll(List.of("forecast", file.toString(), "--out", out().toString()));
        line.addAll(List.of(flags));
        return Commands.kilonode(line);
    }

    private Path out() {
        return folder.resolve("out");
    }

    private JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(out().resolve("forecast.json")));
    }

    @Test
    void theFailingDesignBreaksAtItsLockAndTheOtherDoesNot() throws IOException {
        Commands.Said said = forecast("--horizon", "12m", "--vary", "design=scoped-locks", "--jobs", "2");
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.FAIL);
        assertThat(said.lastLine()).contains("tiny breaks after ", "by shards-keep-up", "peer-map lock, full after");
        assertThat(said.out()).contains("design=scoped-locks", "not within 12 min");
        JsonNode cells = json().path("cells");
        assertThat(cells).hasSize(2);
        JsonNode failing = cells.get(0);
        assertThat(failing.path("outcome").asText()).isEqualTo("broke");
        assertThat(failing.path("first").asText()).isEqualTo("peer-map-lock");
        assertThat(failing.path("first_at_ms").asLong())
                .isPositive()
                .isLessThanOrEqualTo(failing.path("broke_at_ms").asLong());
        assertThat(failing.path("reached_ms").asLong())
                .as("it ends when it breaks")
                .isLessThan(12 * 60_000L);
        assertThat(cells.get(1).path("outcome").asText()).isEqualTo("lasted");
        assertThat(cells.get(1).path("reached_ms").asLong()).isEqualTo(12 * 60_000L);
        assertThat(out().resolve("forecast.html")).content().contains("peer-map lock", "design=scoped-locks");
        assertThat(out().resolve("summary.md")).content().contains("| as it is |");
        assertThat(out().resolve(failing.path("directory").asText()).resolve("report.html"))
                .exists();

        Commands.Said again =
                forecast("--horizon", "12m", "--vary", "design=scoped-locks", "--jobs", "2", "--skip-done");
        assertThat(again.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(again.lastLine()).isEqualTo(said.lastLine());
        assertThat(json().path("cells")).isEqualTo(cells);
    }

    @Test
    void whatLastsPasses() throws IOException {
        Commands.Said said = forecast(
                "--horizon", "4m", "--set", "costs.endpoint-lock.wait-per-packet-rate=0us", "--format", "json");
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(said.lastLine()).contains("does not break within 4 min");
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(said.out())
                        .path("verdict")
                        .asText())
                .isEqualTo("pass");
    }

    @Test
    void aRunThatIsCutShortIsNoAnswer() throws IOException {
        Commands.Said said = forecast(
                "--horizon", "1000h", "--time-budget", "6s", "--set", "costs.endpoint-lock.wait-per-packet-rate=0us");
        assertThat(said.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(said.lastLine()).contains("stopped; not before");
    }

    @Test
    void wrongFlagsAreRefusedBeforeAnythingIsWritten() throws IOException {
        assertThat(forecast("--horizon", "soon").lastLine()).contains("--horizon: got \"soon\", expected a duration");
        assertThat(forecast("--duration", "3h").lastLine()).contains("write --horizon 3h");
        assertThat(forecast("--vary", "nodes").lastLine()).contains("--vary: got \"nodes\", expected path=value,value");
        assertThat(forecast("--vary", "design=scoped-lock").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(forecast("--repeat", "3").lastLine()).contains("--seeds 1..5");
        assertThat(forecast("--grid", "--vary", "nodes=3").lastLine()).contains("write one of them");
        assertThat(out()).doesNotExist();
    }
}
