package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.provider.BuiltInLinks;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.wall.PortCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malicious peers: nodes refuse and count their acts, and the network continues to work. A run checks all invariants at every window, so
 * these runs prove them by completing.
 */
@Tag("once")
class AttacksTest {

    private static final String FIRST_ADDRESS = Loopback.first();
    private static final int HOSTS = 3;
    private static final int NODES = 9;

    @TempDir
    Path out;

    /** Runs with uploads, and with malicious peers from 1.5 s on. */
    private SmallRun run(RunControl control, String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of(
                "clock=wall",
                "wall.first-address=" + FIRST_ADDRESS,
                "identity.algorithm=Ed25519",
                "hosts=[{name: machines, count: " + HOSTS + "}]",
                "nodes.count=" + NODES,
                "nodes.per-host=" + NODES,
                "nodes.join-over=1s",
                "duration=2m",
                "metrics.window=1s",
                "network.dial-timeout=1s", // how long a node waits for a handshake
                "workload.uploaders.count=2",
                "workload.uploaders.start-after=3s",
                "workload.uploaders.start-spread=0s",
                "workload.uploaders.every=2s",
                "workload.upload.file-size=40kB",
                "workload.upload.chunk-size=16KiB",
                "workload.upload.payment=10ms"));
        values.addAll(Arrays.asList(more));
        return SmallRun.of(out, control, values.toArray(String[]::new));
    }

    private static String malicious(String kind) {
        return "{name: " + kind + ", kind: " + kind + ", at: 1500ms, lasting: 118s, peers: 2, rate: 20/s}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "tcp", "tls", "quic"})
    void roguesAreCountedAndTheNetworkGoesOn(String link) throws IOException {
        boolean sockets = !link.equals("memory");
        SmallRun run = run(
                untilShown(sockets ? 6 : 14), // frames to a slow reader in memory time out after 10 s
                "wall.link=" + link,
                "faults=[" + malicious("garbage") + ", " + malicious("deaf")
                        + (sockets ? ", " + malicious("half-open") : "") + "]");
        List<String> acts = new ArrayList<>(List.of("rogue.acts what=garbage-frame", "rogue.acts what=request"));
        List<String> answers = new ArrayList<>(List.of("transport.refused cause=malformed"));
        if (sockets) {
            acts.addAll(List.of("rogue.acts what=garbage-bytes", "rogue.acts what=half-open"));
            answers.addAll(List.of("link.refused cause=handshake-failed", "link.frames.lost cause=unacknowledged"));
        }
        answers.add(
                switch (link) {
                    case "memory" -> "link.frames.lost cause=never-left";
                    case "tcp", "tls" -> "link.refused cause=protocol-breach";
                    default -> "link.refused cause=garbage-datagram";
                });
        for (String each : acts) assertThat(counted(run, each)).as(each).isPositive();
        for (String each : answers) assertThat(counted(run, each)).as(each).isPositive();
        assertThat(run.total("upload.succeeded")).as("uploads among rogues").isPositive();
        assertThat(run.total("upload.failed")).as("uploads among rogues").isZero();
        assertThat(run.total("transport.drops")).as("drops among rogues").isZero();
        assertThat(SmallRun.threads()).as("threads that outlive the run").isEmpty();
        PortCheck.check(BuiltInLinks.named("tcp"), FIRST_ADDRESS, HOSTS, NODES, PlannedNode.FIRST_PORT);
        PortCheck.check(BuiltInLinks.named("quic"), FIRST_ADDRESS, HOSTS, NODES, PlannedNode.FIRST_PORT);
    }

    @Test
    void whereNobodyIsRogueNothingIsRefused() throws IOException {
        SmallRun run = run(RunControl.NONE, "wall.link=quic", "duration=5s");
        for (String each : List.of("garbage-datagram", "handshake-refused", "protocol-breach")) {
            assertThat(run.data().series("link.refused", "cause=" + each, "count"))
                    .as(each)
                    .isNotNull();
            assertThat(counted(run, "link.refused cause=" + each)).as(each).isZero();
        }
        assertThat(run.total("rogue.acts")).isZero();
    }

    @Test
    void garbageInVirtualTimeIsRefusedFrameByFrame() throws IOException {
        String[] settings = {
            "nodes.count=8",
            "nodes.join-over=10s",
            "duration=2m",
            "metrics.window=10s",
            "workload.uploaders.start-after=20s",
            "workload.uploaders.every=30s",
            "faults=[{name: rogues, kind: garbage, at: 20s, lasting: 1m, peers: 2, rate: 5/s}]"
        };
        SmallRun run = SmallRun.of(out.resolve("one"), settings);
        assertThat(counted(run, "rogue.acts what=garbage-frame")).isBetween(599.0, 601.0);
        // the node closes the connection at once, so that a frame that is under way then is lost
        assertThat(counted(run, "transport.refused cause=malformed"))
                .isBetween(run.total("rogue.acts") - 6, run.total("rogue.acts"));
        assertThat(run.total("upload.succeeded")).isPositive();
        assertThat(run.total("upload.failed")).isZero();
        assertThat(SmallRun.of(out.resolve("other"), settings).end().digest())
                .as("the same seed")
                .isEqualTo(run.end().digest());
    }

    /** @param metricAndLabels such as {@code link.refused cause=protocol-breach} */
    private static double counted(SmallRun run, String metricAndLabels) {
        String[] parts = metricAndLabels.split(" ");
        return run.total(parts[0], parts[1]);
    }

    /** Stops a run once uploads have succeeded despite malicious peers, and the time-outs after their first acts have passed. */
    private static RunControl untilShown(long enoughSeconds) {
        long enoughNanos = TimeUnit.SECONDS.toNanos(enoughSeconds);
        return new StopWhen(progress -> progress.uploadsSucceeded() > 0 && progress.virtualNanos() > enoughNanos);
    }
}
