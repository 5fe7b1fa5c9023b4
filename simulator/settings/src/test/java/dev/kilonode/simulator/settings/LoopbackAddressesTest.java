package dev.kilonode.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackAddressesTest {

    @ParameterizedTest
    @CsvSource({"127.1.0.1, 0, 7f010001", "127.1.0.1, 1, 7f010002", "127.1.0.7, 3, 7f01000a", "127.200.3.1, 0, 7fc80301"
    })
    void hostsAreNumberedFromTheFirstAddress(String first, int number, String address) {
        assertThat(Integer.toHexString(LoopbackAddresses.ip(first, number))).isEqualTo(address);
    }

    @Test
    void everyHostHasAnAddressOfItsOwnThatIsNeitherANetworkNorABroadcast() {
        Set<Integer> seen = new HashSet<>();
        for (int number = 0; number < 3_000; number++) {
            int ip = LoopbackAddresses.ip("127.1.0.1", number);
            assertThat(ip >>> 24).isEqualTo(127);
            assertThat(ip & 255).as("last byte of host %d", number).isBetween(1, 254);
            assertThat(seen.add(ip)).as("host %d", number).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "127.0.0", "127.0.0.1.2", "127.0.0.256", "127.a.0.1", "", "128.0.0.1"})
    void whatIsNoLoopbackAddressIsRefusedWithWhatToWrite(String first) {
        assertThatThrownBy(() -> LoopbackAddresses.ip(first, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got \"" + first + "\"")
                .hasMessageContaining("write 127.1.0.1");
    }

    @Test
    void hostsBeyondTheBlockAreRefused() {
        assertThatThrownBy(() -> LoopbackAddresses.ip("127.255.255.1", 300))
                .hasMessageContaining("with room for all hosts");
    }
}
