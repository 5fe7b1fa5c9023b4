package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run in virtual time on several threads is the run on one. */
class ThreadsTest {

    /** Drops, churn, uploads that fail, and a fault of every kind. */
    private static final String[] BUSY = {
        "duration=6m",
        "nodes.count=45",
        "nodes.per-host=3",
        "hosts=[{name: machines, count: 15, cores: 4}]",
        "nodes.join-over=30s",
        "transport.registry=lock-across-registration",
        "transport.receive-capacity=64",
        "costs.endpoint-lock.wait-per-packet-rate=2ms",
        "dht.notifications.rate=4/s",
        "network.loss=1%",
        "workload.uploaders.count=5",
        "workload.uploaders.every=20s",
        "workload.uploaders.start-after=40s",
        "workload.uploaders.abrupt-exit=50%",
        "workload.churn.restarts-per-node=10/h",
        "workload.churn.abrupt=50%",
        "faults=[{name: a, kind: isolate, at: 60s, lasting: 40s, share: 30%},"
                + " {name: b, kind: slow-cpu, at: 110s, lasting: 20s, share: 40%, factor: 6},"
                + " {name: c, kind: latency, at: 140s, lasting: 20s, share: 50%, factor: 0.2},"
                + " {name: d, kind: throttle, at: 170s, lasting: 30s, share: 50%, factor: 20},"
                + " {name: e, kind: kill, at: 210s, lasting: 30s, share: 20%},"
                + " {name: f, kind: garbage, at: 250s, lasting: 30s, peers: 3, rate: 5/s},"
                + " {name: g, kind: loss, at: 300s, lasting: 30s, share: 50%, factor: 9}]"
    };

    @TempDir
    Path out;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void allResultsAreTheSameOnAnyNumberOfThreads(long seed) throws IOException {
        String[] values =
                Stream.concat(Stream.of(BUSY), Stream.of("seed=" + seed)).toArray(String[]::new);
        SmallRun one = SmallRun.onThreads(1, out, false, values);
        assertThat(one.total("transport.drops")).as("seed %d", seed).isPositive();
        assertThat(one.total("upload.succeeded")).as("seed %d", seed).isPositive();
        for (int threads : new int[] {2, 3, 7, 16}) {
            SmallRun several = SmallRun.onThreads(threads, out, false, values);
            String which = "seed " + seed + ", " + threads + " threads";
            assertThat(several.end().digest()).as(which).isEqualTo(one.end().digest());
            assertThat(several.windows()).as(which).isEqualTo(one.windows());
            assertThat(several.uploads()).as(which).isEqualTo(one.uploads()).isNotEmpty();
            assertThat(several.events()).as(which).isEqualTo(one.events()).isNotEmpty();
            for (String file : List.of("data/drops.csv", "logs/drops.log", "data/digest.txt")) {
                assertThat(several.data().directory().resolve(file))
                        .as("%s, %s", which, file)
                        .hasSameTextualContentAs(one.data().directory().resolve(file));
            }
        }
    }

    @Test
    void realSignaturesToo() throws IOException {
        String[] tiny = {
            "nodes.count=8",
            "nodes.per-host=2",
            "nodes.join-over=10s",
            "duration=1m",
            "workload.uploaders.count=1",
            "workload.uploaders.start-after=30s",
            "workload.upload.file-size=1MB"
        };
        SmallRun one = SmallRun.onThreads(1, out, true, tiny);
        SmallRun three = SmallRun.onThreads(3, out, true, tiny);
        assertThat(one.total("upload.succeeded")).isEqualTo(1);
        assertThat(three.end().digest()).isEqualTo(one.end().digest());
        assertThat(three.windows()).isEqualTo(one.windows());
    }

    @Test
    void hostsThatAreTooNearRunOnOneThreadAndAreAnswered() throws IOException {
        assertThat(ScenarioWorlds.whyOneThread(loaded("network.latency={default: 999us}")))
                .contains("network.latency.default is below 1 ms");
        assertThat(ScenarioWorlds.whyOneThread(loaded("network.latency={default: 1ms}")))
                .isEmpty();
        SmallRun none = SmallRun.onThreads(3, out, false, "duration=2m", "network.latency={default: 0s}");
        assertThat(none.total("upload.succeeded")).isPositive();
    }

    /** Hosts of a region that is near itself share a partition; the others do not, and the results are the same. */
    @Test
    void aNearRegionKeepsTogether() throws IOException {
        String[] regions = {
            "duration=2m",
            "hosts=[{name: rack, count: 4, region: eu}, {name: far, count: 6, region: us}]",
            "workload.uploaders.region=us",
            "network.latency={default: 30ms, eu-eu: 200us}"
        };
        SmallRun one = SmallRun.onThreads(1, out, false, regions);
        SmallRun four = SmallRun.onThreads(4, out, false, regions);
        assertThat(one.total("transport.delivered")).isPositive();
        assertThat(four.end().digest()).isEqualTo(one.end().digest());
        assertThat(four.windows()).isEqualTo(one.windows());
    }

    private static LoadedScenario loaded(String override) throws IOException {
        assertThat(Files.exists(SmallRun.SMOKE)).isTrue();
        return new ScenarioLoader().load(SmallRun.SMOKE, List.of(ValueOverride.parse("test", override)));
    }
}
