package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.settings.AddressHistoryCost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AddressHistoryTest {

    private static final long SECOND = 1_000_000_000L;

    private final Processors processors = new Processors(new EventSource(new Engine(), 1), 2, 0);

    private AddressHistory table(int capacity) {
        return new AddressHistory(new AddressHistoryCost(capacity, Duration.ofMillis(10), "test"), processors);
    }

    @Test
    void everyAddressEverMetTakesItsShareOfTheCores() {
        AddressHistory table = table(100);
        for (int i = 0; i < 20; i++) table.meet(new NodeAddress(1, 1 + i % 10), 0);
        assertThat(table.size()).isEqualTo(10);
        assertThat(processors.quietShare()).isCloseTo(0.05, within(1e-9));
        assertThat(processors.busyNanos(10 * SECOND)).isCloseTo(SECOND, within(10L));
        assertThat(table.invariantsHold()).isTrue();
        table.clear(10 * SECOND);
        assertThat(processors.quietShare()).isLessThan(1e-9);
        assertThat(table.invariantsHold()).isTrue();
    }

    @Test
    void aFullTableDropsAndCounts() {
        AddressHistory table = table(3);
        for (int i = 1; i <= 5; i++) table.meet(new NodeAddress(1, i), 0);
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.invariantsHold()).isTrue();
    }

    @Test
    void offItRemembersAndCostsNothing() {
        AddressHistory table = table(0);
        table.meet(new NodeAddress(1, 1), 0);
        assertThat(table.size()).isZero();
        assertThat(processors.quietShare()).isZero();
    }
}
