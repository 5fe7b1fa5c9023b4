package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.wall.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small scenario in both worlds, with the costs measured on this machine. The comparisons and their bounds are in docs/fidelity.md. */
@Tag("once")
class TwoWorldsTest {

    private static final int NODES = 50;
    private static final long LATENCY_MS = 20;
    private static final int SIGNATURES = 300;

    /** Points where a request and its reply wait for the harness: two signatures, two verifications, two timers, two mailboxes. */
    private static final int WAITS = 8;

    @TempDir
    Path out;

    @Test
    void bothWorldsCarryTheSameMessagesAndLoseNone() throws IOException {
        String[] settings = settings();
        SmallRun virtual = run("virtual", settings);
        SmallRun wall = run("wall", settings);
        Histogram virtualReplies = histogram(virtual, "request.latency");
        Histogram wallReplies = histogram(wall, "request.latency");
        double messages = wall.total("transport.delivered") / virtual.total("transport.delivered");
        for (String metric : List.of("transport.drops", "transport.refused", "upload.failed", "requests.timeouts")) {
            assertThat(virtual.total(metric)).as(metric + ", virtual").isZero();
        }
        // On any machine: signatures are valid, no request is faster than twice the latency of the scenario,
        // and nobody sends more requests than in virtual time.
        assertThat(wall.total("transport.refused"))
                .as("transport.refused, wall")
                .isZero();
        assertThat(ms(virtualReplies, 1)).as("request.latency, virtual").isGreaterThan(2 * LATENCY_MS - 1);
        assertThat(ms(wallReplies, 1)).as("request.latency, wall").isGreaterThan(2 * LATENCY_MS - 1);
        assertThat(messages).as("messages, wall to virtual").isBetween(0.01, 1.5);
        assertThat(wall.total("upload.started")).as("uploads").isLessThanOrEqualTo(virtual.total("upload.started"));
        if (!wall.keptUp()) {
            // a busy machine exceeds every bound and gets less load from closed loops; the verdict must say so
            assertThat(wall.end().verdict().result()).isEqualTo(Summary.Verdict.INCONCLUSIVE);
        }
        assumeTrue(wall.keptUp(), "a busy machine: wall time did not keep up");
        for (String metric : List.of("transport.drops", "upload.failed", "requests.timeouts")) {
            assertThat(wall.total(metric)).as(metric + ", wall").isZero();
        }
        assertThat(messages).as("messages, wall to virtual").isGreaterThan(0.6);
        for (String metric : List.of("upload.started", "upload.succeeded", "identity.timeouts")) {
            assertThat(wall.total(metric)).as(metric).isEqualTo(virtual.total(metric));
        }
        for (String kind : List.of("quote-request", "put-request", "fresh-offer", "paid-notify")) {
            double ratio = wall.total("transport.delivered", "kind=" + kind)
                    / virtual.total("transport.delivered", "kind=" + kind);
            assertThat(ratio).as(kind + ", wall to virtual").isBetween(0.9, 1.1);
        }
        double latestMs = latestMs(wall);
        slower(50, 0, latestMs, virtualReplies, wallReplies);
        slower(95, WAITS / 2, latestMs, virtualReplies, wallReplies);
        slower(99, WAITS, latestMs, virtualReplies, wallReplies);
    }

    /** Checks that wall time is at most twice as slow, plus 200 ms and a multiple of the greatest delay of the harness. */
    private static void slower(double percentile, int waits, double latestMs, Histogram virtual, Histogram wall) {
        double bound = 2 * ms(virtual, percentile) + 200 + waits * latestMs;
        assertThat(ms(wall, percentile))
                .as("p%.0f of request.latency, wall; virtual %.1f ms", percentile, ms(virtual, percentile))
                .isLessThan(bound);
    }

    /** The greatest delay of the node loops or the workers. */
    private static double latestMs(SmallRun wall) {
        double latest = 0;
        for (MetricSeries series : wall.data().all("tester.lag", "max")) {
            for (int i = 0; i < series.size(); i++) latest = Math.max(latest, series.value(i));
        }
        return latest;
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
            "hosts=[{name: machines, count: 10}]",
            "nodes.per-host=5",
            "nodes.join-over=3s",
            "duration=20s",
            "metrics.window=1s",
            "network.latency={default: " + LATENCY_MS + "ms}",
            "network.jitter=0%",
            "wall.latency=true",
            "dht.notifications.rate=2/s",
            "dht.self-lookup={min: 3s, max: 5s}",
            "workload.uploaders.count=2",
            "workload.uploaders.start-after=5s",
            "workload.uploaders.start-spread=0s",
            "workload.uploaders.every=8s",
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

    /** Mean time of one signature or verification on this machine. */
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

    /** The merged histogram of the whole run. */
    private static Histogram histogram(SmallRun run, String metric) throws IOException {
        Histogram all = new Histogram(2);
        run.data().forEachHistogram(metric::equals, all::add);
        assertThat(all.getTotalCount()).as("values of " + metric).isPositive();
        return all;
    }

    private static double ms(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }
}
