package dev.kilonode.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendTest {

    private static final double FLOOR = 1;
    private static final long HOUR_MS = 3_600_000;

    @Test
    void aStepIsDatedToItsBlock() {
        TimeSeries series = Noise.series(7, 396, 0, 0.02, t -> t >= 0.5 ? 1 : 0); // 33 hours
        Trend trend = Trend.of(series, FLOOR);
        assertThat(trend.sinceMs()).as("seed 7").isEqualTo(16 * HOUR_MS + HOUR_MS / 2);
        assertThat(trend.pValue()).isLessThan(Trend.ALPHA);
    }

    @Test
    void aDriftFromTheStartIsDatedToTheStart() {
        Trend trend = Trend.of(Noise.series(7, 396, 0, 0.01, t -> 0.5 * t), FLOOR);
        assertThat(trend.sinceMs()).as("seed 7").isZero();
        assertThat(trend.change()).as("seed 7").isCloseTo(0.5, within(0.05));
        assertThat(trend.start()).as("seed 7").isCloseTo(180_000, within(3_000.0));
    }

    @Test
    void aRiseAfterCalmHoursIsDatedToItsBeginning() {
        Trend trend = Trend.of(Noise.series(3, 396, 0, 0.02, t -> Math.max(0, t - 0.25) * 4), FLOOR);
        assertThat(trend.sinceMs()).as("seed 3").isBetween(7 * HOUR_MS, 10 * HOUR_MS);
    }

    @Test
    void equalValuesHaveNoTrendAndNoNaN() {
        for (double level : new double[] {0, 5, 1e100}) {
            Trend trend = Trend.of(Noise.series(1, 48, 0, 0, t -> level / 180_000 - 1), FLOOR);
            assertThat(trend.tested()).isTrue();
            assertThat(trend.change()).as("level " + level).isZero();
            assertThat(trend.pValue()).isEqualTo(1);
            finite(trend);
        }
    }

    @Test
    void whatBeginsAtNothingGrowsByTheFloorAndNotByInfinity() {
        Trend trend = Trend.of(Noise.series(1, 48, 0, 0, t -> t - 1), 1_875);
        assertThat(trend.change()).isCloseTo(94, within(0.01)); // the last of 48 windows is 47/48 up
        finite(trend);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 11})
    void tooFewWindowsAreSaidInWords(int windows) {
        Trend trend = Trend.of(Noise.series(1, windows, 0, 0.1, t -> t), FLOOR);
        assertThat(trend.tested()).isFalse();
        assertThat(trend.fault())
                .isEqualTo(windows + " windows outside of warm-up and faults, a trend needs 12 or more");
        finite(trend);
    }

    @Test
    void twelveWindowsAreEnough() {
        Trend trend = Trend.of(Noise.series(1, 12, 0, 0.01, t -> t), FLOOR);
        assertThat(trend.tested()).isTrue();
        assertThat(trend.pValue()).as("seed 1").isLessThan(Trend.ALPHA);
    }

    @Test
    void windowsWithoutDataAreLeftOutAndTooManyAreSaid() {
        assertThat(gaps(3).tested()).isTrue();
        assertThat(gaps(3).windows()).isEqualTo(32);
        assertThat(gaps(10).fault()).isEqualTo("data in only 10 of 96 blocks, a trend needs 12");
        TimeSeries nothing = new TimeSeries();
        for (int i = 0; i < 30; i++) {
            nothing.add(i, i + 1, Double.NaN);
        }
        assertThat(Trend.of(nothing, FLOOR).fault()).isEqualTo("no data in any of 30 windows");
    }

    @Test
    void dataThatStopAreNotTakenForCalm() {
        TimeSeries series = new TimeSeries();
        for (int i = 0; i < 96; i++) {
            series.add(i * HOUR_MS, (i + 1) * HOUR_MS, i < 80 ? 5 : Double.NaN);
        }
        assertThat(Trend.of(series, FLOOR).stopsMs()).isEqualTo(80 * HOUR_MS);
        TimeSeries whole = new TimeSeries();
        for (int i = 0; i < 96; i++) {
            whole.add(i * HOUR_MS, (i + 1) * HOUR_MS, i < 94 ? 5 : Double.NaN);
        }
        assertThat(Trend.of(whole, FLOOR).stopsMs()).isNull();
    }

    @Test
    void infinityIsNoDataAndHugeValuesAreSaid() {
        TimeSeries series = new TimeSeries();
        for (int i = 0; i < 48; i++) {
            series.add(i, i + 1, i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        }
        assertThat(Trend.of(series, FLOOR).fault()).isEqualTo("no data in any of 48 windows");
        TimeSeries huge = new TimeSeries();
        for (int i = 0; i < 48; i++) {
            huge.add(i, i + 1, i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        }
        finite(Trend.of(huge, FLOOR));
    }

    private static Trend gaps(int every) {
        TimeSeries series = new TimeSeries();
        for (int i = 0; i < 96; i++) {
            series.add(i, i + 1, i % every == 0 ? 5 + i : Double.NaN);
        }
        return Trend.of(series, FLOOR);
    }

    private static void finite(Trend trend) {
        assertThat(new double[] {trend.start(), trend.end(), trend.change(), trend.pValue(), trend.autocorrelation()})
                .as(trend.toString())
                .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }
}
