package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mechanisms of the transport, one at a time in a small network: each test changes one setting and checks its metric. */
class MechanismsTest {

    /** Nodes stop and restart at the same address, after their connections have ended by idle time-out. */
    private static final String[] CHURN = {
        "workload.churn.restarts-per-node=20/h", "workload.churn.abrupt=100%", "workload.churn.downtime=45s"
    };

    /** Registrations are so slow that the peer map is almost always locked. */
    private static final String[] STALLS = {
        "costs.endpoint-lock.wait-per-packet-rate=20ms", "dht.notifications.rate=5/s"
    };

    @TempDir
    Path out;

    @Test
    void addressesOfConnectionsThatDiedOfSilenceAreNeverReadAgain() throws IOException {
        SmallRun without = run(CHURN);
        SmallRun with = run(CHURN, "transport.connection-events.dedup=by-address");
        assertThat(without.total("connections.events.held-back")).isZero();
        assertThat(with.total("connections.events.held-back")).isGreaterThan(50);
        assertThat(with.total("identity.timeouts")).isGreaterThan(without.total("identity.timeouts") + 30);
    }

    @Test
    void withoutChurnNoAddressIsHeldBack() throws IOException {
        SmallRun with = run(new String[0], "transport.connection-events.dedup=by-address");
        assertThat(with.total("connections.events")).isGreaterThan(500);
        assertThat(with.total("connections.events.held-back")).isZero();
    }

    @Test
    void markedByTheAcceptLoopAllAcceptedConnectionsCountAsHeldBackAndNothingElseChanges() throws IOException {
        SmallRun without = run(new String[0]);
        SmallRun with = run(new String[0], "transport.connection-events.dedup=marked-at-accept");
        assertThat(with.total("connections.events.held-back"))
                .isBetween(with.total("connections.events") / 2, with.total("connections.events"));
        assertThat(with.end().digest()).isEqualTo(without.end().digest());
    }

    @Test
    void aStalledAcceptLoopOrphansConnectionsAndWaitingOnesAreReadLater() throws IOException {
        SmallRun without = run(STALLS);
        SmallRun orphan = run(STALLS, "transport.accept.slots=2");
        SmallRun wait = run(STALLS, "transport.accept.slots=2", "transport.accept.when-full=wait");
        SmallRun roomy = run(STALLS, "transport.accept.slots=1024");
        assertThat(without.total("connections.orphaned")).isZero();
        assertThat(orphan.total("connections.orphaned")).isGreaterThan(50);
        assertThat(wait.total("connections.orphaned")).isZero();
        assertThat(roomy.total("connections.orphaned")).isZero();
        assertThat(orphan.total("transport.drops"))
                .as("what is sent to them is never read")
                .isGreaterThan(50);
    }

    @Test
    void aHealthyAcceptLoopOrphansNobody() throws IOException {
        assertThat(run(new String[0], "transport.accept.slots=32").total("connections.orphaned"))
                .isZero();
    }

    @Test
    void aMonitorThatLagsLosesConnectionEvents() throws IOException {
        SmallRun without = run(STALLS);
        SmallRun with = run(
                STALLS,
                "transport.connection-events.broadcast-slots=256",
                "transport.connection-events.monitor-slots=2");
        SmallRun roomy = run(STALLS, "transport.connection-events.broadcast-slots=256");
        assertThat(without.total("connections.events.lagged")).isZero();
        assertThat(with.total("connections.events.lagged")).isGreaterThan(50);
        assertThat(roomy.total("connections.events.lagged")).isZero();
    }

    @Test
    void patienceSavesFramesThatABusyProcessorMakesWait() throws IOException {
        String[] burst = {
            "costs.receive.base=25ms",
            "dht.notifications.rate=10/s",
            "transport.receive-capacity=16",
            "transport.min-shard-capacity=256"
        };
        SmallRun without = run(burst);
        SmallRun with = run(burst, "transport.receive-patience=5s");
        assertThat(without.total("transport.drops")).isGreaterThan(100);
        assertThat(with.total("transport.drops")).isLessThan(without.total("transport.drops"));
    }

    @Test
    void linesOfTheLogCostProcessorTime() throws IOException {
        SmallRun without = run(new String[0]);
        SmallRun with = run(new String[0], "costs.logging.per-line=2ms");
        assertThat(without.total("log.lines")).isZero();
        assertThat(with.total("log.lines")).isGreaterThan(10_000);
        assertThat(meanCpu(with)).isGreaterThan(1.5 * meanCpu(without));
    }

    private static double meanCpu(SmallRun run) {
        var series = Objects.requireNonNull(run.data().series("host.cpu", "", "mean"));
        return IntStream.range(0, series.size())
                .mapToDouble(series::value)
                .average()
                .orElseThrow();
    }

    private SmallRun run(String[] common, String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of("duration=8m", "seed=1"));
        values.addAll(List.of(common));
        values.addAll(List.of(more));
        return SmallRun.of(out, values.toArray(String[]::new));
    }
}
