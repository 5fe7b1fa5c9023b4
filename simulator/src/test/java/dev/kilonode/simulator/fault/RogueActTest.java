package dev.kilonode.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Dimension;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RogueActTest {

    @Test
    void actsAreCountedByOrdinalUnderTheirLabels() {
        assertThat(Arrays.stream(RogueAct.values()).map(RogueAct::label))
                .containsExactlyElementsOf(Dimension.ROGUE_ACT.labelValues());
    }
}
