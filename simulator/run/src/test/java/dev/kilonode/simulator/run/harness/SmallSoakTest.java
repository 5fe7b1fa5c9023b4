package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.reports.run.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scenarios/soak-10min.yaml} in miniature: the failure and its fix in real time, on QUIC, with signed messages. What takes ten
 * minutes there starts with the first clients, and persists because they leave without a close. From then on a registration takes 120 ms,
 * so that a node processes 8 messages per second with one lock and 66 with eight shards, of 20 that arrive.
 */
@Tag("once")
class SmallSoakTest {

    private static final Path SOAK = Path.of("../..", "scenarios", "soak-10min.yaml");

    /**
     * Address blocks in which no shard has more than five of the first thirty hosts. Two builds on one machine rarely use the same block.
     */
    private static final int[] EVEN_BLOCKS = {79, 88, 91, 92, 99, 100, 121};

    private static final String FIRST_ADDRESS =
            "127." + EVEN_BLOCKS[(int) (ProcessHandle.current().pid() % EVEN_BLOCKS.length)] + ".0.1";

    private static final int NODES = 30;
    private static final int SECONDS_WITH_CLIENTS = 26;
    private static final int ONE_LOCK_TAKES = 8;

    @TempDir
    Path out;

    @Test
    void theLockAcrossRegistrationLosesMessagesAndScopedLocksDoNot() throws IOException {
        SmallRun scoped = run("scoped-locks"); // first, because nodes join slowly in the first run of a process
        SmallRun across = run("lock-across-registration");
        for (SmallRun run : List.of(across, scoped)) {
            assertThat(run.total("transport.delivered")).isPositive();
            assertThat(run.total("transport.refused")).as("signatures hold").isZero();
            assertThat(run.total("transport.drops"))
                    .as("drops, and deliveries, of what was offered")
                    .isLessThanOrEqualTo(run.total("transport.offered") - run.total("transport.delivered"));
            if (!run.keptUp()) assertThat(run.end().verdict().result()).isEqualTo(Summary.Verdict.INCONCLUSIVE);
        }
        assumeTrue(across.keptUp() && scoped.keptUp(), "a busy machine: everything was late");
        double perSecond = across.total("transport.offered", "kind=notify") / NODES / SECONDS_WITH_CLIENTS;
        assumeTrue(perSecond >= ONE_LOCK_TAKES, "a busy machine: nodes notify once they have joined, which was late");
        assertThat(lossRatio(across)).as("lock-across-registration").isGreaterThan(0.01);
        assertThat(lossRatio(scoped)).as("scoped-locks").isLessThan(0.001);
        assertThat(scoped.total("identity.timeouts")).as("scoped-locks").isZero();
        assertThat(scoped.total("upload.failed")).as("scoped-locks").isZero();
        assertThat(scoped.total("upload.succeeded")).isGreaterThan(across.total("upload.succeeded"));
    }

    private static double lossRatio(SmallRun run) {
        return run.total("transport.drops") / run.total("transport.offered");
    }

    private SmallRun run(String design) throws IOException {
        return SmallRun.of(
                SOAK,
                out.resolve(design),
                true,
                RunControl.NONE,
                "transport.registry=" + design,
                "wall.first-address=" + FIRST_ADDRESS,
                "wall.link=quic",
                "identity.algorithm=Ed25519",
                "wall.endpoint-lock=true",
                "duration=40s",
                "metrics.window=1s",
                "hosts=[{name: machines, count: 30}]",
                "nodes.count=" + NODES,
                "nodes.join-over=4s",
                "network.keeps-dead-connections=true",
                "transport.shards=8",
                "transport.receive-capacity=128",
                "transport.min-shard-capacity=16",
                "dht.self-lookup={min: 20s, max: 30s}",
                "dht.notifications={rate: 20/s, neighbours: 20}",
                "workload.uploaders.count=4",
                "workload.uploaders.start-after=14s", // when all nodes have joined
                "workload.uploaders.start-spread=1s",
                "workload.uploaders.every=5s",
                "workload.uploaders.abrupt-exit=100%",
                "workload.upload.payment=100ms",
                "costs.endpoint-lock.wait-per-packet-rate=0us",
                // almost never with the 29 connections of a whole network, always with three more
                "costs.endpoint-lock.starvation={probability: 100%, connections: 32, exponent: 40, duration: 120ms}");
    }
}
