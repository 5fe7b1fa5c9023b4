package dev.kilonode.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.statistics.TrendRates.Cell;
import dev.kilonode.reports.statistics.TrendRates.Drift;
import dev.kilonode.reports.statistics.TrendRates.Rates;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Corners of the table in docs/checks.md, with fewer trials and the tolerance that these ask for: a rate that is allowed is exceeded in less than
 * one of a thousand such tests. Seeds are 1 to the number of trials.
 */
@Tag("once")
class ErrorRatesTest {

    @ParameterizedTest
    @CsvSource({
        "12, 0, false",
        "12, 0.9, false",
        "12, 0.95, false",
        "12, 0.95, true",
        "24, 0.5, false",
        "24, 0.9, true",
        "24, 0.95, false",
        "14, 0.925, false",
        "20, 0, false",
        "28, 0, false",
        "36, 0.6, false",
        "60, 0.85, false",
        "120, 0.8, false",
        "24, 0.95, true",
        "48, 0.95, true",
        "100, 0.3, false",
        "100, 0.95, true",
        "160, 0.3, false",
        "400, 0.3, false",
        "400, 0.9, true"
    })
    void noiseAloneFailsInAtMostFivePercent(int windows, double phi, boolean rounded) {
        int trials = trials(windows);
        assertThat(TrendRates.of(Cell.level(windows, phi, rounded), trials).fails())
                .as("%d windows, phi %s, rounded %s, seeds 1 to %d", windows, phi, rounded, trials)
                .isLessThanOrEqualTo(withChance(0.05, trials));
    }

    @ParameterizedTest
    @CsvSource({"24, 0", "24, 0.45", "24, 0.8", "28, 0.6", "36, 0.75", "48, 0.3", "60, 0.2", "100, 0.5", "400, 0.8"})
    void noiseAloneIsInDoubtInAtMostOneTrialOfTenFrom24WindowsOn(int windows, double phi) {
        int trials = trials(windows);
        assertThat(TrendRates.of(Cell.level(windows, phi, false), trials).inconclusive())
                .as("%d windows, phi %s, seeds 1 to %d", windows, phi, trials)
                .isLessThanOrEqualTo(withChance(0.1, trials));
    }

    /** Enough windows for the noise: nine in ten at least, and what is missed is in doubt. */
    @ParameterizedTest
    @CsvSource({"100, 0", "100, 0.5", "400, 0.3", "400, 0.7"})
    void driftsOfFourAndAHalfStandardErrorsFail(int windows, double phi) {
        for (Drift drift : Drift.values()) {
            int trials = trials(windows) / 2;
            Rates rates = TrendRates.of(new Cell(windows, phi, true, false, drift.shape, 4.5), trials);
            assertThat(rates.fails())
                    .as("%s, seeds 1 to %d: %s", drift, trials, rates)
                    .isGreaterThanOrEqualTo(0.86);
            assertThat(rates.passes())
                    .as("%s, seeds 1 to %d: %s", drift, trials, rates)
                    .isLessThanOrEqualTo(withChance(0.05, trials));
        }
    }

    /** Where few windows hide what happens: it is in doubt, and rarely passes. */
    @ParameterizedTest
    @CsvSource({"12, 0.7", "24, 0", "24, 0.3", "24, 0.5", "24, 0.8", "36, 0.6", "48, 0.5", "48, 0.7", "100, 0.8"})
    void whatFewWindowsCannotTellIsInDoubt(int windows, double phi) {
        for (Drift drift : Drift.values()) {
            int trials = trials(windows) / 2;
            Rates rates = TrendRates.of(new Cell(windows, phi, true, false, drift.shape, 4.5), trials);
            assertThat(rates.passes())
                    .as("%s, seeds 1 to %d: %s", drift, trials, rates)
                    .isLessThanOrEqualTo(withChance(windows == 24 && phi < 0.7 ? 0.13 : 0.05, trials));
        }
    }

    /** By three or four spreads of white noise, half way. */
    @ParameterizedTest
    @CsvSource({"24, 4.5, 0.79", "24, 6, 0.85", "36, 4.5, 0.95", "48, 6, 0.99"})
    void blatantStepsFailWithFewWindows(int windows, double drift, double least) {
        Rates rates = TrendRates.of(new Cell(windows, 0, true, false, Drift.STEP.shape, drift), 400);
        assertThat(rates.fails()).as("seeds 1 to 400: %s", rates).isGreaterThanOrEqualTo(least);
        assertThat(rates.passes()).as("seeds 1 to 400: %s", rates).isLessThanOrEqualTo(withChance(0.04, 400));
    }

    @ParameterizedTest
    @EnumSource
    void withoutNoiseEveryShapeFailsWithAnyNumberOfWindows(Drift drift) {
        for (int windows : new int[] {12, 13, 18, 24, 37, 72, 144, 250}) {
            for (double size : new double[] {0.001, 7, 1e6}) {
                for (boolean down : new boolean[] {false, true}) {
                    DoubleUnaryOperator shape = down ? t -> 1 - drift.shape.applyAsDouble(t) : drift.shape;
                    Trend trend = Trend.of(
                            TrendRates.series(new Cell(windows, 0, false, false, shape, size).values(1)), 1e-9);
                    String text = drift + ", " + windows + " windows, size " + size + ": " + trend;
                    assertThat(trend.evidence(trend.pValue())).as(text).isEqualTo(Trend.Evidence.CLEAR);
                    assertThat(trend.end() - trend.start() > 0).as(text).isNotEqualTo(down);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 24, 48, 144, 400})
    void constantCoursesAndSingleOddWindowsAreNoChange(int windows) {
        for (int odd = -1; odd < windows; odd++) {
            int at = odd;
            double[] values = IntStream.range(0, windows)
                    .mapToDouble(i -> i == at ? 70 : -5)
                    .toArray();
            Trend trend = Trend.of(TrendRates.series(values), 1);
            assertThat(trend.pValue())
                    .as("%d windows, odd one %d", windows, odd)
                    .isEqualTo(1);
        }
    }

    /** What is filled and emptied again and again swings, whatever its period; its floor may rise all the same. */
    @ParameterizedTest
    @CsvSource({"24, 5", "24, 6", "36, 7", "60, 10", "100, 13", "400, 24"})
    void aSawToothPassesOnALevelBaseAndFailsOnARisingOne(int windows, int period) {
        for (int phase = 0; phase < period; phase++) {
            int shift = phase;
            double[] level = IntStream.range(0, windows)
                    .mapToDouble(i -> 50 + (i + shift) % period * 10.0 / period)
                    .toArray();
            double[] rising = IntStream.range(0, windows)
                    .mapToDouble(i -> level[i] + 30.0 * i / windows)
                    .toArray();
            String text = String.format(Locale.ROOT, "%d windows, period %d, phase %d", windows, period, phase);
            Trend swings = Trend.of(TrendRates.series(level), 1e-9);
            assertThat(swings.evidence(swings.pValue()))
                    .as("%s: %s", text, swings)
                    .isEqualTo(Trend.Evidence.NONE);
            Trend rises = Trend.of(TrendRates.series(rising), 1e-9);
            assertThat(rises.evidence(rises.pValue())).as("%s: %s", text, rises).isEqualTo(Trend.Evidence.CLEAR);
            assertThat(rises.change()).as("%s: %s", text, rises).isGreaterThan(0.3);
        }
    }

    @Test
    void thePValueIsContinuousAndFalls() {
        for (int n : new int[] {12, 14, 24, 30, 100, 199}) {
            double before = 1;
            for (double statistic = -20; statistic < 60; statistic += 0.01) {
                double p = CriticalValues.pValue(statistic, n);
                assertThat(p)
                        .as("%d values, statistic %s", n, statistic)
                        .isPositive()
                        .isLessThanOrEqualTo(before);
                assertThat(p).as("%d values, statistic %s", n, statistic).isGreaterThan(before * 0.9);
                before = p;
            }
        }
    }

    private static int trials(int windows) {
        return windows < 100 ? 800 : 400;
    }

    /** The rate that chance exceeds in less than one of a thousand tests. */
    private static double withChance(double rate, int trials) {
        return rate + 3.1 * Math.sqrt(rate * (1 - rate) / trials);
    }
}
