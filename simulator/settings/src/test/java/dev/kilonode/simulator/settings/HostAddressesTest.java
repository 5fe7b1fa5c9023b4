package dev.kilonode.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressesTest {

    @Test
    void theHostsOfAPartHaveTheAddressesOfItsBlockInOrder() {
        HostAddresses addresses = HostAddresses.inBlocks(List.of("10.1.0.0/29", "192.168.4.8/31"), 8, host -> host / 6);
        assertThat(List.of(0, 1, 5, 6, 7).stream().map(host -> Integer.toHexString(addresses.ip(host))))
                .containsExactly("a010001", "a010002", "a010006", "c0a80408", "c0a80409");
    }

    @Test
    void withoutBlocksTheyAreThoseOfOneProcess() {
        HostAddresses addresses = HostAddresses.loopback("127.1.0.1");
        for (int host = 0; host < 600; host++) {
            assertThat(addresses.ip(host)).isEqualTo(LoopbackAddresses.ip("127.1.0.1", host));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 16777214", "24, 254", "30, 2", "31, 2", "32, 1"})
    void networkAndBroadcastAddressesAreLeftOutWhereABlockHasThem(int prefix, int size) {
        AddressBlock block = AddressBlock.parse("10.0.0.0/" + prefix);
        assertThat(block.size()).isEqualTo(size);
        assertThat(block.ip(0)).isEqualTo(prefix < 31 ? 0x0a000001 : 0x0a000000);
        Set<Integer> all = new HashSet<>();
        for (int index = 0; index < Math.min(size, 1_000); index++) all.add(block.ip(index));
        assertThat(all).hasSize(Math.min(size, 1_000));
        assertThatThrownBy(() -> block.ip(size)).hasMessageContaining(size + " of 10.0.0.0/" + prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0, expected addresses in CIDR notation",
        "10.1.0.256/24, write 10.1.0.0/24",
        "fd00::/64, CIDR",
        "10.1.0.5/24, write 10.1.0.0/24",
        "10.1.0.0/33, 8 to 32",
        "10.0.0.0/7, 8 to 32",
        "0.0.0.0/0, 8 to 32",
        "0.1.0.0/16, this network",
        "224.0.0.0/24, multicast",
        "239.1.0.0/16, multicast",
        "240.0.0.0/8, reserved",
        "255.255.255.255/32, reserved"
    })
    void whatHostsCannotHaveIsRefusedWithWhatToWrite(String cidr, String words) {
        assertThatThrownBy(() -> AddressBlock.parse(cidr))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(cidr)
                .hasMessageContaining(words);
    }

    @Test
    void blocksThatOverlapAreRefused() {
        for (List<String> blocks : List.of(
                List.of("10.1.0.0/16", "10.1.7.0/24"),
                List.of("10.1.7.0/24", "10.1.0.0/16"),
                List.of("10.1.0.0/24", "10.1.0.0/24"))) {
            assertThatThrownBy(() -> HostAddresses.inBlocks(blocks, 4, host -> host % 2))
                    .hasMessageContaining("overlap")
                    .hasMessageContaining(blocks.get(0))
                    .hasMessageContaining(blocks.get(1));
        }
        assertThat(HostAddresses.inBlocks(List.of("10.1.0.0/24", "10.1.1.0/24"), 4, host -> host % 2)
                        .ip(1))
                .isEqualTo(0x0a010101);
    }

    @Test
    void aBlockThatIsTooSmallIsRefused() {
        assertThatThrownBy(() -> HostAddresses.inBlocks(List.of("10.1.0.0/30", "10.1.1.0/24"), 6, host -> host % 2))
                .hasMessageContaining("10.1.0.0/30 with 2 addresses for the 3 hosts of part 0");
    }
}
