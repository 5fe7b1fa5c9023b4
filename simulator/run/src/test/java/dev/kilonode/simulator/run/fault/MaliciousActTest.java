package dev.kilonode.simulator.run.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Dimension;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaliciousActTest {

    @Test
    void actsAreCountedByOrdinalUnderTheirLabels() {
        assertThat(Arrays.stream(MaliciousAct.values()).map(MaliciousAct::label))
                .containsExactlyElementsOf(Dimension.ROGUE_ACT.labelValues());
    }
}
