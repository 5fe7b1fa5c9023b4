package dev.kilonode.simulator.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.simulator.wall.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One small scenario in both worlds, with the costs that this machine shows. What it compares, and within which bounds, is in
 * docs/fidelity.md.
 */
class TwoWorldsTest {

    private static final int NODES = 24;
    private static final long LATENCY_MS = 20;
    private static final int SIGNATURES = 300;

    @TempDir
    Path out;

    @Test
    void bothWorldsCarryTheSameMessagesAndLoseNone() throws IOException {
        String[] settings = settings();
        SmallRun virtual = run("virtual", settings);
        SmallRun wall = run("wall", settings);
        for (String metric : List.of("transport.drops", "transport.refused", "upload.failed")) {
            assertThat(wall.total(metric)).as(metric + ", wall").isZero();
            assertThat(virtual.total(metric)).as(metric + ", virtual").isZero();
        }
        double messages = wall.total("transport.delivered") / virtual.total("transport.delivered");
        double virtualP50 = p50(virtual, "request.latency");
        double wallP50 = p50(wall, "request.latency");
        // a message cannot be faster than the latency that both worlds wait for, twice for a request and its reply
        assertThat(virtualP50).as("p50 of request.latency, virtual").isGreaterThan(2 * LATENCY_MS - 1);
        assertThat(wallP50).as("p50 of request.latency, wall").isGreaterThan(2 * LATENCY_MS - 1);
        assertThat(messages).as("messages, wall to virtual").isLessThan(1.5);
        if (!keptUp(wall))
            return; // a starved tester is slower than any bound, and its loads that wait for replies are smaller
        assertThat(messages).as("messages, wall to virtual").isGreaterThan(0.6);
        assertThat(wall.total("upload.started")).as("uploads").isEqualTo(virtual.total("upload.started"));
        assertThat(wall.total("identity.timeouts")).isEqualTo(virtual.total("identity.timeouts"));
        assertThat(wallP50).as("p50 of request.latency, wall").isLessThan(2 * virtualP50 + 200);
    }

    private static boolean keptUp(SmallRun wall) {
        return wall.end().health().stream().anyMatch(finding -> finding.id().equals("tester-kept-up") && finding.fit());
    }

    private SmallRun run(String clock, String[] settings) throws IOException {
        List<String> values = new ArrayList<>(List.of(settings));
        values.add("clock=" + clock);
        return SmallRun.of(out.resolve(clock), values.toArray(String[]::new));
    }

    private static String[] settings() {
        return new String[] {
            "identity.algorithm=Ed25519",
            "nodes.count=" + NODES,
            "nodes.per-host=4",
            "nodes.join-over=3s",
            "duration=14s",
            "metrics.window=1s",
            "network.latency={default: " + LATENCY_MS + "ms}",
            "network.jitter=0%",
            "wall.latency=true",
            "dht.notifications.rate=2/s",
            "dht.self-lookup={min: 3s, max: 5s}",
            "workload.uploaders.count=2",
            "workload.uploaders.start-after=5s",
            "workload.uploaders.start-spread=0s",
            "workload.uploaders.every=5s",
            "workload.uploaders.up=1Gbps",
            "workload.uploaders.down=1Gbps",
            "workload.upload.file-size=60kB",
            "workload.upload.chunk-size=16KiB",
            "workload.upload.payment=100ms",
            "costs.sign.base=" + measuredMicros(true) + "us",
            "costs.verify.base=" + measuredMicros(false) + "us",
            "costs.receive.base=10us",
            "costs.handle.base=20us",
            "costs.chunk.base=50us",
            "costs.handshake.base=100us",
            "costs.wake-up=10us",
            "costs.per-datagram=0us"
        };
    }

    /** Mean time of one signature or verification on this machine, now. */
    private static long measuredMicros(boolean sign) {
        byte[] message = new byte[512];
        NodeIdentity identity =
                NodeIdentity.fromSeed(SignatureScheme.named("Ed25519"), new byte[SignatureScheme.SEED_BYTES]);
        byte[] signature = identity.sign(message, message.length);
        boolean valid = true;
        long startNanos = 0;
        for (int i = -SIGNATURES; i < SIGNATURES; i++) {
            if (i == 0) startNanos = WallClock.nanos();
            if (sign) signature = identity.sign(message, message.length);
            else valid &= identity.scheme().verify(identity.publicKey(), message, message.length, signature);
        }
        long micros = (WallClock.nanos() - startNanos) / SIGNATURES / 1_000;
        assertThat(valid).isTrue();
        return Math.max(1, micros);
    }

    /** Over the whole run, from the histograms. */
    private static double p50(SmallRun run, String metric) throws IOException {
        Histogram all = new Histogram(2);
        run.data().forEachHistogram(metric::equals, all::add);
        assertThat(all.getTotalCount()).as("values of " + metric).isPositive();
        return all.getValueAtPercentile(50) / 1_000.0;
    }
}
