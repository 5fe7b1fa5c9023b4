package dev.kilonode.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrowthTest {

    @Test
    void itIsTheMediansOfTheOuterQuartersThatCount() {
        double[] values = new double[20];
        Arrays.setAll(values, i -> i < 10 ? 100 : 120);
        values[1] = 9_000; // one odd window
        Growth growth = Growth.of(values);
        assertThat(growth.known()).isTrue();
        assertThat(growth.first()).isEqualTo(100);
        assertThat(growth.ratio()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void whatShrinksGrowsByLessThanNothing() {
        double[] values = new double[12];
        Arrays.setAll(values, i -> 100 - i);
        assertThat(Growth.of(values).ratio()).isNegative();
    }

    @Test
    void tooFewWindowsOrAStartFromNothingSayNothing() {
        assertThat(Growth.of(new double[11]).known()).isFalse();
        assertThat(Growth.of(new double[40]).known()).isFalse();
        assertThat(Growth.of(new double[0]).known()).isFalse();
    }
}
