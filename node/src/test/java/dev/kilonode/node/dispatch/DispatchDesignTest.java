package dev.kilonode.node.dispatch;

import static dev.kilonode.node.dispatch.DispatchDesign.SOURCE_ADDRESS;
import static dev.kilonode.node.dispatch.DispatchDesign.SOURCE_IP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.wire.NodeAddress;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatchDesignTest {

    @Test
    void sourceIpIgnoresThePort() {
        for (int port = 1; port < 65_536; port += 97) {
            assertThat(SOURCE_IP.shardOf(new NodeAddress(0x0A000001, port), 8))
                    .isEqualTo(SOURCE_IP.shardOf(new NodeAddress(0x0A000001, 7000), 8));
        }
    }

    @Test
    void functionsNeverChange() { // expected values computed separately, from the Javadoc
        int[] hosts = IntStream.range(0, 10)
                .map(i -> SOURCE_IP.shardOf(new NodeAddress(0x7F000101 + i, 1), 8))
                .toArray();
        assertThat(hosts).containsExactly(4, 0, 5, 3, 5, 3, 7, 7, 1, 1);
        int[] nodes = IntStream.range(0, 15)
                .map(i -> SOURCE_ADDRESS.shardOf(new NodeAddress(0x7F000101, 7000 + i), 8))
                .toArray();
        assertThat(nodes).containsExactly(0, 5, 3, 5, 3, 7, 7, 3, 5, 1, 5, 2, 2, 6, 1);
    }

    @ParameterizedTest
    @EnumSource(DispatchDesign.class)
    void sixtySevenHostsAreSpreadAsEvenlyAsRandomPlacement(DispatchDesign design) {
        int[] bases = {0x0A000001, 0x0A000100, 0x7F000101, 0x7F010000, 0xC0A80001, 0xAC100000};
        for (int base : bases) {
            for (int step : new int[] {1, 256}) {
                int[] counts = new int[8];
                for (int i = 0; i < 67; i++) counts[design.shardOf(new NodeAddress(base + i * step, 1), 8)]++;
                assertThat(Arrays.stream(counts).max().orElseThrow())
                        .as("hottest of %s, base %x, step %d", Arrays.toString(counts), base, step)
                        .isLessThanOrEqualTo(18); // twice the mean of 8.4, plus a little
                assertThat(Arrays.stream(counts).min().orElseThrow()).isPositive();
            }
        }
    }

    @Test
    void nodesOfOneHostAreSpreadByTheirPorts() {
        for (int host = 0; host < 67; host++) {
            boolean[] hit = new boolean[8];
            for (int node = 0; node < 64; node++)
                hit[SOURCE_ADDRESS.shardOf(new NodeAddress(0x0A000001 + host, 10_000 + node), 8)] = true;
            for (boolean each : hit) assertThat(each).as("host %d", host).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(DispatchDesign.class)
    void everyNumberOfShardsIsServed(DispatchDesign design) {
        for (int shards : new int[] {1, 2, 3, 7, 8, 16, 64}) {
            boolean[] hit = new boolean[shards];
            for (int i = 0; i < 10_000; i++) hit[design.shardOf(new NodeAddress(i * 31, 1), shards)] = true;
            for (boolean each : hit) assertThat(each).isTrue();
        }
    }
}
