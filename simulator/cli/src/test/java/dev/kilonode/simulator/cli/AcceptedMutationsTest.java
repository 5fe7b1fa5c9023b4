package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.scenario.ExpectedTraffic;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import dev.kilonode.simulator.scenario.WrittenSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values within their bounds, drawn by chance, extremes as often as others: what is accepted must run and end with a verdict or with
 * what the machine lacks, never with a bug. {@code -Dkilonode.mutations=500} draws as many; usually it is 40.
 * {@code -Dkilonode.mutations.seed=1000} begins elsewhere, {@code -Dkilonode.mutations.told=true} tells of each.
 */
@Tag("once")
class AcceptedMutationsTest {

    private static final int RUNS = Integer.getInteger("kilonode.mutations", 40);
    private static final long FIRST_SEED = Long.getLong("kilonode.mutations.seed", 1);

    /** What is sent in all, about; more teaches nothing here. */
    private static final double MOST_MESSAGES = 20_000;

    private static final Set<ExitCode> ENDS =
            Set.of(ExitCode.PASS, ExitCode.FAIL, ExitCode.INCONCLUSIVE, ExitCode.ENVIRONMENT);

    /** Eight nodes for some seconds, with each part at work. */
    private static final List<String> SMALL = List.of(
            "duration=20s",
            "metrics.window=1s",
            "nodes={count: 8, per-host: 4, bootstraps: 1, join-over: 1s}",
            "hosts=[{name: m, count: 4}]",
            "workload.uploaders={count: 1, start-after: 2s, start-spread: 0s, every: 5s}",
            "workload.upload={file-size: 1MB, payment: 100ms}",
            "workload.phases=[{name: p, duration: 4s, uploaders: 1}, {name: q, kind: ramp, duration: 4s, uploaders:"
                    + " 0}]",
            "workload.churn={restarts-per-node: 20/h, downtime: 2s, new-address: 50%}",
            "dht.refresh.buckets=4",
            "dht.hints={neighbours: 2, every: {min: 1s, max: 2s}}",
            "replication.sync={peers: 2, every: {min: 1s, max: 2s}, cool-down: 1s, prune-after: 3s}",
            "replication.audit={enabled: true, every: {min: 1s, max: 2s}}",
            "transport.connection-events={dedup: marked-at-accept, broadcast-slots: 256}",
            "transport.accept.slots=4",
            "identity.timeout=1s",
            "costs.side-tables.addresses=10",
            "faults=[{name: f, kind: KIND, at: 5s, lasting: 5s, factor: 2}]",
            "checks=[{metric: transport.drops, stat: count, op: \"==\", limit: 0}]",
            "report.png=false");

    private static final List<String> KINDS = List.of("kill", "isolate", "latency", "throttle", "slow-cpu", "garbage");

    private final ScenarioLoader loader = new ScenarioLoader();

    /** Or all that is stored, compared and fetched would not be there to be changed. */
    @Test
    void whatIsChangedUploadsAndStores(@TempDir Path out) throws IOException {
        List<String> values =
                SMALL.stream().map(value -> value.replace("KIND", "latency")).toList();
        Commands.Said said = Commands.onSmoke("run", out, values, "--progress", "none");
        assertThat(said.exit()).as(said.err().toString()).isEqualTo(ExitCode.PASS);
        assertThat(Files.readString(Commands.onlyRun(out).resolve("data/windows.csv")))
                .contains("store.chunks,,max,1");
    }

    @Test
    void anAcceptedScenarioRunsToAVerdict(@TempDir Path out) {
        List<WrittenSetting> settings = WrittenSetting.all();
        int ran = 0;
        for (long seed = FIRST_SEED; ran < RUNS; seed++) {
            List<String> values = mutated(settings, new SplittableRandom(seed));
            if (!accepted(values)) continue;
            ran++;
            Commands.Said said = Commands.onSmoke(
                    "run", out.resolve(Long.toString(seed)), values, "--time-budget", "5s", "--progress", "none");
            if (Boolean.getBoolean("kilonode.mutations.told"))
                System.out.println(seed + " " + said.exit() + " " + values.subList(SMALL.size(), values.size()));
            assertThat(said.exit())
                    .as("seed " + seed + " " + values + "\n" + said.err())
                    .isIn(ENDS);
            assertThat(said.err())
                    .as("seed " + seed + " " + values)
                    .noneMatch(line -> line.matches("\\s+at [a-z].*|.*(Exception|Error):.*"));
        }
    }

    private static List<String> mutated(List<WrittenSetting> settings, SplittableRandom random) {
        List<String> values = new ArrayList<>();
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        for (String value : SMALL) values.add(value.replace("KIND", kind));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            WrittenSetting setting = settings.get(random.nextInt(settings.size()));
            values.add(setting.path() + "="
                    + switch (random.nextInt(4)) {
                        case 0 -> setting.least();
                        case 1 -> setting.greatest();
                        default -> setting.between(random);
                    });
        }
        return values;
    }

    /** Whether it validates, and is not too long for a test; runs that are cut by their budget have tests of their own. */
    private boolean accepted(List<String> values) {
        Scenario scenario;
        try {
            scenario = loader.load(
                            Path.of(Commands.SMOKE),
                            values.stream()
                                    .map(value -> ValueOverride.parse("--set", value))
                                    .toList())
                    .scenario();
        } catch (ScenarioException e) {
            return false;
        }
        double seconds = Math.min(scenario.duration().toMillis() / 1e3, 3600);
        var dht = scenario.dht();
        double perNode = dht.notifications().rate().perSecond()
                + 20 * ExpectedTraffic.lookupsPerSecond(dht)
                + 5e3 / scenario.replication().sync().every().min().toMillis()
                + 5e3 / scenario.replication().audit().every().min().toMillis()
                + 1e3 * dht.hints().neighbours() / dht.hints().every().min().toMillis();
        double uploads = scenario.workload().uploaders().count()
                * 1e3
                / scenario.workload().uploaders().every().toMillis()
                * scenario.workload().upload().fileSize().count()
                / scenario.workload().upload().chunkSize().count();
        long hosts = scenario.hosts().get(0).count();
        double joining = 100.0 * scenario.nodes().count() + hosts;
        return seconds * (scenario.nodes().count() * perNode + 50 * uploads) + joining < MOST_MESSAGES
                && seconds * 1e3 / scenario.metrics().window().toMillis() < 100;
    }
}
