package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assignment of messages to shards, with two slots per shard and slow registrations. Only the dispatch design differs. */
class DispatchTest {

    @TempDir
    Path out;

    @Test
    void nodesOfTwoHostsOverflowTwoShardsByTheirIpAndMoreByAddress() throws IOException {
        SmallRun byIp = run("transport.dispatch=source-ip");
        SmallRun byAddress = run("transport.dispatch=source-address");
        assertThat(fullShards(byIp)).containsExactly(0, 5); // the shards of 10.0.0.1 and 10.0.0.2
        assertThat(fullShards(byAddress)).hasSizeGreaterThan(3);
        assertThat(lostShare(byAddress)).isPositive().isLessThan(lostShare(byIp) * 2 / 3);
    }

    @Test
    void withOneConsumerThereIsNothingToChoose() throws IOException {
        SmallRun byIp = run("transport.registry=single-consumer", "transport.dispatch=source-ip");
        SmallRun byAddress = run("transport.registry=single-consumer", "transport.dispatch=source-address");
        assertThat(fullShards(byIp)).containsExactly(0);
        assertThat(byAddress.end().digest()).isEqualTo(byIp.end().digest());
    }

    private static double lostShare(SmallRun run) {
        double drops = run.total("transport.drops");
        return drops / (drops + run.total("transport.delivered"));
    }

    private static List<Integer> fullShards(SmallRun run) {
        return IntStream.range(0, 8)
                .filter(shard -> run.total("transport.drops", "cause=shard-full;shard=" + shard) > 0)
                .boxed()
                .toList();
    }

    private SmallRun run(String... design) throws IOException {
        String[] common = {
            "seed=1",
            "duration=3m",
            "hosts=[{name: machines, count: 2, cores: 8}]",
            "nodes.count=16",
            "nodes.per-host=8",
            "workload.uploaders.count=0",
            "transport.registry=scoped-locks",
            "transport.receive-capacity=16",
            "transport.min-shard-capacity=1",
            "costs.endpoint-lock.wait-per-packet-rate=20ms",
            "dht.notifications.rate=5/s"
        };
        return SmallRun.of(
                out,
                IntStream.range(0, common.length + design.length)
                        .mapToObj(i -> i < common.length ? common[i] : design[i - common.length])
                        .toArray(String[]::new));
    }
}
