package dev.kilonode.reports.statistics.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How often the tests cry wolf, and how often they find what is there. Seeded, so that the rates are always the same. */
class ErrorRatesTest {

    private static final int TRIALS = 4_000;

    @Test
    void fiveAgainstFiveWithoutADifferenceAlarmsInAtMostFivePerCent() {
        var random = new Random(11);
        int plain = 0;
        int tied = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            plain += MannWhitney.test(noise(random, 5, 0), noise(random, 5, 0)).p() <= 0.05 ? 1 : 0;
            tied += MannWhitney.test(counts(random, 5), counts(random, 5)).p() <= 0.05 ? 1 : 0;
        }
        assertThat(plain / (double) TRIALS).as("alarms, seed 11").isBetween(0.02, 0.05);
        assertThat(tied / (double) TRIALS).as("alarms with ties, seed 11").isLessThanOrEqualTo(0.05);
    }

    @Test
    void pairsWithoutADifferenceAlarmInAtMostFivePerCent() {
        var random = new Random(12);
        int alarms = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            alarms += SignedRank.test(noise(random, 20, 0)).p() <= 0.05 ? 1 : 0;
        }
        assertThat(alarms / (double) TRIALS).as("alarms, seed 12").isBetween(0.03, 0.055);
    }

    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        var random = new Random(13);
        int unpaired = 0;
        int paired = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Shift between = Shift.between(noise(random, 5, 0), noise(random, 5, 1));
            unpaired += between.low() <= 1 && 1 <= between.high() ? 1 : 0;
            Shift of = Shift.of(noise(random, 12, 1));
            paired += of.low() <= 1 && 1 <= of.high() ? 1 : 0;
        }
        assertThat(unpaired / (double) TRIALS).as("coverage, seed 13").isGreaterThanOrEqualTo(0.95);
        assertThat(paired / (double) TRIALS).as("coverage, seed 13").isGreaterThanOrEqualTo(0.945);
    }

    @Test
    void aRowWithoutAChangeIsSplitInAtMostTwoPerCentAndAStepIsFoundWhereItIs() {
        var random = new Random(14);
        int alarms = 0;
        int found = 0;
        for (int trial = 0; trial < 300; trial++) {
            alarms += ChangePoint.in(noise(random, 24, 0)).isEmpty() ? 0 : 1;
            double[] row = Ranks.joined(noise(random, 12, 10), noise(random, 12, 13));
            found += ChangePoint.in(row).stream().anyMatch(c -> Math.abs(c.index() - 12) <= 1) ? 1 : 0;
        }
        assertThat(alarms).as("of 300, seed 14").isLessThanOrEqualTo(6);
        assertThat(found).as("of 300, seed 14").isGreaterThanOrEqualTo(285);
    }

    @Test
    void changesComeInOrderWithTheLevelsAroundThem() {
        double[] row = new double[30];
        Arrays.fill(row, 0, 10, 5);
        Arrays.fill(row, 10, 20, 8);
        Arrays.fill(row, 20, 30, 2);
        assertThat(ChangePoint.in(row)).extracting(ChangePoint::index).containsExactly(10, 20);
        assertThat(ChangePoint.in(row)).extracting(ChangePoint::before).containsExactly(5.0, 8.0);
        assertThat(ChangePoint.in(row)).extracting(ChangePoint::after).containsExactly(8.0, 2.0);
        assertThat(ChangePoint.in(new double[20])).isEmpty();
        assertThat(ChangePoint.in(new double[] {1, 2, 3})).isEmpty();
    }

    private static double[] noise(Random random, int n, double mean) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> mean + random.nextGaussian());
        return values;
    }

    private static double[] counts(Random random, int n) {
        return random.ints(n, 0, 4).asDoubleStream().toArray();
    }
}
