package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.wire.NodeAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShardHashTest {

    @Test
    void portDoesNotMatter() {
        for (int port = 1; port < 65_536; port += 97) {
            assertThat(ShardHash.shardOf(new NodeAddress(0x0A000001, port), 8))
                    .isEqualTo(ShardHash.shardOf(new NodeAddress(0x0A000001, 7000), 8));
        }
    }

    @Test
    void functionNeverChanges() {
        int[] shards = new int[10];
        for (int i = 0; i < 10; i++) shards[i] = ShardHash.shardOf(new NodeAddress(0x7F000101 + i, 1), 8);
        assertThat(shards).containsExactly(4, 0, 5, 3, 5, 3, 7, 7, 1, 1); // computed apart, from the Javadoc
    }

    @Test
    void sixtySevenHostsAreSpreadAsFarAsChanceWouldSpreadThem() {
        int[] bases = {0x0A000001, 0x0A000100, 0x7F000101, 0x7F010000, 0xC0A80001, 0xAC100000};
        for (int base : bases) {
            for (int step : new int[] {1, 256}) {
                int[] counts = new int[8];
                for (int i = 0; i < 67; i++) counts[ShardHash.shardOf(new NodeAddress(base + i * step, 1), 8)]++;
                assertThat(Arrays.stream(counts).max().orElseThrow())
                        .as("hottest of %s, base %x, step %d", Arrays.toString(counts), base, step)
                        .isLessThanOrEqualTo(18); // twice the mean of 8.4 and a little
                assertThat(Arrays.stream(counts).min().orElseThrow()).isPositive();
            }
        }
    }

    @Test
    void everyShardCountIsServed() {
        for (int shards : new int[] {1, 2, 3, 7, 8, 16, 64}) {
            boolean[] hit = new boolean[shards];
            for (int i = 0; i < 10_000; i++) hit[ShardHash.shardOf(new NodeAddress(i * 31, 1), shards)] = true;
            for (boolean each : hit) assertThat(each).isTrue();
        }
    }
}
