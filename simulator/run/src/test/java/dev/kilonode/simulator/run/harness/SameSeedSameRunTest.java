package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameSeedSameRunTest {

    private static final String[] BUSY = {
        "nodes.count=24",
        "nodes.per-host=4",
        "duration=4m",
        "network.loss=1%",
        "dht.notifications.rate=1/s",
        "workload.churn.restarts-per-node=10/h",
        "faults=[{name: gone, kind: kill, at: 2m, lasting: 1m, share: 30%}]",
        ""
    };

    @TempDir
    Path out;

    @Test
    void theSeedDecidesEverythingThatIsWritten() throws IOException {
        SmallRun one = SmallRun.of(out, busyWithSeed(5));
        SmallRun again = SmallRun.of(out, busyWithSeed(5));
        SmallRun other = SmallRun.of(out, busyWithSeed(6));
        assertThat(one.end().digest()).isNotEmpty().isEqualTo(again.end().digest());
        assertThat(again.windows()).isEqualTo(one.windows());
        assertThat(again.uploads()).isEqualTo(one.uploads()).isNotEmpty();
        assertThat(again.events()).isEqualTo(one.events()).isNotEmpty();
        assertThat(other.end().digest()).isNotEqualTo(one.end().digest());
        assertThat(other.windows()).isNotEqualTo(one.windows());
    }

    @Test
    void realSignaturesAreAllBelievedAndRepeatable() throws IOException {
        String[] tiny = {
            "nodes.count=8",
            "nodes.per-host=4",
            "nodes.join-over=10s",
            "duration=1m",
            "workload.uploaders.count=1",
            "workload.uploaders.start-after=30s",
            "workload.upload.file-size=1MB"
        };
        SmallRun one = SmallRun.of(out, true, tiny);
        SmallRun again = SmallRun.of(out, true, tiny);
        SmallRun charged = SmallRun.of(out, tiny);
        assertThat(one.total("transport.delivered")).isGreaterThan(100);
        assertThat(one.total("transport.refused")).isZero();
        assertThat(one.total("upload.succeeded")).isEqualTo(1);
        // storage and replication accepted the chunks as well: the same share of nodes holds them as with simulated
        // signatures
        assertThat(one.at(30_000, "store.chunks", "", "mean"))
                .isPositive()
                .isEqualTo(charged.at(30_000, "store.chunks", "", "mean"));
        assertThat(again.end().digest()).isEqualTo(one.end().digest());
        assertThat(again.windows()).isEqualTo(one.windows());
    }

    private static String[] busyWithSeed(long seed) {
        String[] values = BUSY.clone();
        values[values.length - 1] = "seed=" + seed;
        return values;
    }
}
