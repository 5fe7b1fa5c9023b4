package dev.kilonode.reports.statistics.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.reports.statistics.Holm;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The statistics against examples from the literature, and against counting every case. */
class PublishedExamplesTest {

    /** Hollander and Wolfe, Nonparametric Statistical Methods, table 4.1: permeability of the human chorioamnion. */
    private static final double[] AT_TERM = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};

    private static final double[] EARLIER = {1.15, 0.88, 0.90, 0.74, 1.21};

    /** The same book, table 3.1: a depression scale before and after a tranquilliser. */
    private static final double[] BEFORE = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] AFTER = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    @Test
    void mannWhitneyAndItsShiftAreThoseOfHollanderAndWolfe() {
        MannWhitney test = MannWhitney.test(EARLIER, AT_TERM);
        assertThat(test.u()).isEqualTo(35);
        assertThat(test.p()).isCloseTo(0.2544, within(1e-4)); // twice 0.1272
        assertThat(test.exact()).isTrue();
        Shift shift = Shift.between(EARLIER, AT_TERM);
        assertThat(shift.estimate()).isCloseTo(0.305, within(1e-9));
        assertThat(shift.low()).isCloseTo(-0.15, within(1e-9));
        assertThat(shift.high()).isCloseTo(0.76, within(1e-9));
        assertThat(shift.confidence()).isBetween(0.95, 0.97);
        assertThat(CliffsDelta.of(EARLIER, AT_TERM)).isCloseTo(2 * 35 / 50.0 - 1, within(1e-12));
    }

    /** Bergmann, Ludbrook and Spooren, The American Statistician 54 (2000): eleven packages disagree on these; the exact p is 0.0373. */
    @Test
    void mannWhitneyWithManyTiesIsTheExactOneOfBergmann() {
        double[] control = new double[12];
        Arrays.fill(control, 300);
        double[] treated = {18, 22, 75, 163, 271, 300, 300, 300, 300, 300, 300, 300};
        assertThat(MannWhitney.test(control, treated).p()).isCloseTo(0.03727, within(1e-5));
        assertThat(CliffsDelta.of(control, treated)).isCloseTo(-5 / 12.0, within(1e-12));
    }

    @Test
    void signedRankAndItsShiftAreThoseOfHollanderAndWolfe() {
        double[] differences = new double[BEFORE.length];
        Arrays.setAll(differences, i -> BEFORE[i] - AFTER[i]);
        SignedRank test = SignedRank.test(differences);
        assertThat(test.v()).isEqualTo(40);
        assertThat(test.p()).isCloseTo(0.03906, within(1e-5)); // twice 0.01953
        Shift shift = Shift.of(differences);
        assertThat(shift.estimate()).isCloseTo(0.46, within(1e-9));
        assertThat(shift.low()).isCloseTo(0.010, within(1e-9));
        assertThat(shift.high()).isCloseTo(0.786, within(1e-9));
    }

    /** Fisher, The Design of Experiments (1935), section 17: Darwin's pairs of maize, crossed less self-fertilised, in eighths of an inch. */
    @Test
    void signedRankOfDarwinsMaizeIsAsPublished() {
        SignedRank test = SignedRank.test(new double[] {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48});
        assertThat(test.v()).isEqualTo(96);
        assertThat(test.p()).isCloseTo(0.041259765625, within(1e-12));
    }

    /** Holm's procedure as worked through in R's and many textbooks' example of four tests. */
    @Test
    void holmStepsDownAndNeverFallsBelowTheOneBefore() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(new double[0])).isEmpty();
        assertThat(Holm.adjust(new double[] {0.9, 0.8})).containsExactly(1, 1);
    }

    @Test
    void tiesAndZerosAgreeWithCountingEveryCase() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            double[] x = values(random, 3 + random.nextInt(4));
            double[] y = values(random, 3 + random.nextInt(4));
            assertThat(MannWhitney.test(x, y).p())
                    .as("seed " + seed)
                    .isCloseTo(BruteForce.mannWhitney(x, y), within(1e-9));
            assertThat(SignedRank.test(x).p()).as("seed " + seed).isCloseTo(BruteForce.signedRank(x), within(1e-9));
        }
    }

    @Test
    void ownCountAndLibraryAgreeWhereBothCanCount() {
        for (long seed = 1; seed <= 50; seed++) {
            var random = new Random(seed);
            double[] x = random.doubles(3 + random.nextInt(20)).toArray();
            double[] y = random.doubles(3 + random.nextInt(20)).toArray();
            double[] all = Ranks.joined(x, y);
            int[] ranks = Ranks.doubled(all);
            int sum = Arrays.stream(ranks, x.length, all.length).sum();
            assertThat(MannWhitney.test(x, y).p())
                    .as("seed " + seed)
                    .isCloseTo(Permutations.asFar(Permutations.ofSubsets(ranks, y.length), sum), within(1e-9));
        }
    }

    @Test
    void leastPIsReachedByTheClearestSample() {
        for (int n = 2; n < 9; n++) {
            double[] low = DoubleStream.iterate(1, v -> v + 1).limit(n).toArray();
            double[] high = DoubleStream.iterate(101, v -> v + 1).limit(5).toArray();
            assertThat(MannWhitney.test(low, high).p()).isCloseTo(MannWhitney.leastP(n, 5), within(1e-12));
            assertThat(SignedRank.test(low).p()).isCloseTo(SignedRank.leastP(n), within(1e-12));
        }
        assertThat(MannWhitney.leastP(5, 5)).isCloseTo(2 / 252.0, within(1e-12));
    }

    @Test
    void tooSmallASampleSaysWhatItsIntervalIsWorth() {
        Shift four = Shift.of(new double[] {1, 2, 3, 4});
        assertThat(four.confidence()).isCloseTo(0.875, within(1e-12));
        assertThat(four.low()).isEqualTo(1);
        assertThat(four.high()).isEqualTo(4);
        assertThat(Shift.between(new double[] {1}, new double[] {3})).isEqualTo(new Shift(2, 2, 2, 0));
    }

    @Test
    void largeSamplesAreApproximatedAndAgreeWithTheExactOnes() {
        var random = new Random(7);
        double[] x = random.doubles(60).toArray();
        double[] y = random.doubles(60).map(v -> v + 0.2).toArray();
        MannWhitney all = MannWhitney.test(x, y);
        assertThat(all.exact()).isFalse();
        assertThat(all.p()).isBetween(0.0, 0.01);
        Shift shift = Shift.between(x, y);
        assertThat(shift.low()).isLessThan(shift.estimate());
        assertThat(shift.estimate()).isCloseTo(0.2, within(0.1));
        Shift exact = Shift.between(Arrays.copyOf(x, 50), Arrays.copyOf(y, 50));
        assertThat(shift.high() - shift.low()).isCloseTo(exact.high() - exact.low(), within(0.05));
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> MannWhitney.test(new double[] {1, Double.NaN}, new double[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("first[1]: got NaN");
        assertThatThrownBy(() -> SignedRank.test(new double[0])).hasMessageContaining("got no value");
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(SignedRank.test(new double[] {-0.0, 0.0}).p()).isEqualTo(1);
        assertThat(CliffsDelta.of(new double[] {-0.0}, new double[] {0.0})).isZero();
    }

    private static double[] values(Random random, int n) {
        return random.ints(n, -2, 4).asDoubleStream().toArray();
    }
}
