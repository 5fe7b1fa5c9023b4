package dev.kilonode.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilityTest {

    @Test
    void worldsWithoutSocketsOpenNone() {
        assertThat(Capability.wallTime(true)).contains(Capability.RAW_SOCKETS);
        assertThat(Capability.wallTime(false)).doesNotContain(Capability.RAW_SOCKETS);
        assertThat(Capability.VIRTUAL_TIME).doesNotContain(Capability.RAW_SOCKETS, Capability.STOP_READING);
    }

    @Test
    void someWorldOffersEachCapability() {
        Set<Capability> offered = new HashSet<>(Capability.VIRTUAL_TIME);
        offered.addAll(Capability.wallTime(true));
        assertThat(offered).containsExactlyInAnyOrder(Capability.values());
    }
}
