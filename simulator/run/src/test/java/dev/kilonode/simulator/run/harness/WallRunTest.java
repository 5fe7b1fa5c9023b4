package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.BuiltInLinks;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.wall.PortCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short runs in wall time. They check that events happen and that counts agree, not how fast. */
class WallRunTest {

    private static final String FIRST_ADDRESS = Loopback.first();
    private static final int HOSTS = 3;
    private static final int NODES = 9;

    @TempDir
    Path out;

    private SmallRun run(String... more) throws IOException {
        return run(RunControl.NONE, more);
    }

    private SmallRun run(RunControl control, String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of(
                "clock=wall",
                "wall.first-address=" + FIRST_ADDRESS,
                "identity.algorithm=Ed25519",
                "hosts=[{name: machines, count: " + HOSTS + "}]",
                "nodes.count=" + NODES,
                "nodes.per-host=" + NODES,
                "nodes.join-over=1s",
                "duration=8s",
                "metrics.window=1s",
                "dht.notifications.rate=2/s",
                "workload.uploaders.count=2",
                "workload.uploaders.start-after=1s",
                "workload.uploaders.start-spread=0s",
                "workload.uploaders.every=2s",
                "workload.upload.file-size=40kB",
                "workload.upload.chunk-size=16KiB",
                "workload.upload.payment=10ms"));
        values.addAll(Arrays.asList(more));
        return SmallRun.of(out, control, values.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "tcp", "tls", "quic"})
    void uploadsSucceedOverEveryLinkAndNothingIsLeftBehind(String link) throws IOException {
        SmallRun run = run(StopWhen.uploaded(1), "wall.link=" + link, "duration=2m");
        assertThat(run.total("upload.succeeded")).as("uploads over " + link).isPositive();
        assertThat(run.total("transport.refused")).as("signatures not believed").isZero();
        assertThat(run.end().digest()).as("no two runs in wall time are alike").isEmpty();
        assertThat(run.uploads())
                .filteredOn(row -> row.outcome() == UploadRow.Outcome.SUCCEEDED)
                .hasSize((int) run.total("upload.succeeded"));
        assertThat(SmallRun.threads()).as("threads that outlive the run").isEmpty();
        PortCheck.check(BuiltInLinks.named("tcp"), FIRST_ADDRESS, HOSTS, NODES, PlannedNode.FIRST_PORT);
        PortCheck.check(BuiltInLinks.named("quic"), FIRST_ADDRESS, HOSTS, NODES, PlannedNode.FIRST_PORT);
    }

    @Test
    void theTesterTellsOfItself() throws IOException {
        SmallRun run = run("duration=3s");
        assertThat(run.at(1_000, "jvm.threads", "", "max")).isPositive();
        assertThat(run.at(1_000, "tester.busy", "", "mean")).isBetween(0.0, 1.1);
        assertThat(run.at(1_000, "tester.lag", "of=timers", "count")).isPositive();
        assertThat(run.end().health()).extracting(HealthResult::id).contains("tester-kept-up", "accounts-balance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "isolate", "latency", "loss", "throttle", "slow-cpu", "refuse", "pause"})
    void everyFaultLeavesTheAccountsBalancedAndTheNodesUp(String kind) throws IOException {
        SmallRun run = run(
                "duration=3s",
                "network.loss=1%",
                "faults=[{name: trouble, kind: " + kind + ", at: 1500ms, lasting: 500ms, share: 50%, factor: 20}]");
        double up = run.at(2_000, "node.up", "", "max");
        assertThat(up).as("nodes up after " + kind).isEqualTo(NODES);
        if (kind.equals("kill")) assertThat(run.total("node.restarts")).isEqualTo(NODES * 2 / HOSTS);
        assertThat(run.total("transport.delivered")).isPositive();
    }

    @Test
    void aRunThatIsStoppedHasAPartialReport() throws IOException {
        int[] looks = new int[1];
        SmallRun run = run(
                new RunControl() {
                    @Override
                    public boolean stopRequested() {
                        return ++looks[0] > 6;
                    }
                },
                "duration=1h",
                "metrics.window=1s");
        assertThat(run.end().interrupted()).isTrue();
        assertThat(run.data().all("transport.delivered", "count")).isNotEmpty();
        assertThat(SmallRun.threads()).isEmpty();
    }

    @Test
    void aPortInUseIsToldBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(PlannedNode.FIRST_PORT, 1, InetAddress.getByAddress(new byte[] {127, 78, 0, 1}))) {
            assertThatThrownBy(() -> run("wall.link=tcp", "wall.first-address=127.78.0.1"))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("127.78.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("wall.first-address");
        }
    }
}
