package dev.kilonode.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What others have worked out by hand or certified. */
class PublishedExamplesTest {

    /** Flow of the Nile at Aswan, 1871 to 1970, in 1e8 m3 (Cobb 1978). */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    /** Michelson's speed of light, 1879, in km/s less 299,000. */
    private static final double[] MICHELSON = {
        850, 740, 900, 1070, 930, 850, 950, 980, 980, 880, 1000, 980, 930, 650, 760, 810, 1000, 1000, 960, 960, 960,
        940, 960, 940, 880, 800, 850, 880, 900, 840, 830, 790, 810, 880, 880, 830, 800, 790, 760, 800, 880, 880, 880,
        860, 720, 720, 620, 860, 970, 950, 880, 910, 850, 870, 840, 840, 850, 840, 840, 840, 890, 810, 810, 820, 800,
        770, 760, 740, 750, 760, 910, 920, 890, 860, 880, 720, 840, 850, 850, 780, 890, 840, 780, 810, 760, 810, 790,
        810, 820, 850, 870, 870, 810, 740, 810, 940, 950, 800, 810, 870
    };

    /** John B. Little, A Mann-Kendall Example ("By Hand"), College of the Holy Cross: S = 54, Z = 2.9058, p = 0.0018 one-sided. */
    @Test
    void mannKendallAsWorkedByHand() {
        MannKendall test = MannKendall.of(
                new double[] {12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7});
        assertThat(test.s()).isEqualTo(54);
        assertThat(test.variance()).isCloseTo((14 * 13 * 33 - 2 * 1 * 9) / 18.0, within(1e-9));
        assertThat(test.z()).isCloseTo(2.9058, within(5e-5));
        assertThat(test.pValue()).isCloseTo(2 * 0.0018, within(1e-4));
    }

    /** Sen 1968, section 6: the slope of these seven points is 4. */
    @Test
    void theilSenAsInSensOwnExample() {
        TheilSen line = TheilSen.of(new double[] {1, 2, 3, 4, 10, 12, 18}, new double[] {9, 15, 19, 20, 45, 55, 78});
        assertThat(line.slope()).isEqualTo(4);
        assertThat(line.intercept()).isEqualTo(4);
        assertThat(line.at(10)).isEqualTo(44);
    }

    /** NIST Statistical Reference Datasets, Michelso and NumAcc1: certified lag-1 autocorrelations. */
    @Test
    void autocorrelationAsCertifiedByNist() {
        assertThat(MICHELSON).hasSize(100);
        assertThat(Autocorrelation.lag1(MICHELSON)).isCloseTo(0.535199668621283, within(1e-12));
        assertThat(Autocorrelation.lag1(new double[] {10_000_001, 10_000_003, 10_000_002}))
                .isCloseTo(-0.5, within(1e-9));
    }

    /** Holm's procedure on 0.01, 0.04, 0.03, 0.005: the fourth and the first are rejected at 0.05, the others are not. */
    @Test
    void holmAsInTheTextbookExample() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(0.7, 0.9)).containsExactly(1, 1);
        assertThat(Holm.adjust()).isEmpty();
    }

    /** Cobb 1978 and many since: one level until 1898, a lower one from 1899, the 29th year. */
    @Test
    void theNileChangedIn1899() {
        assertThat(NILE).hasSize(100);
        Onset onset = Onset.of(NILE, IntStream.range(0, 100).toArray());
        assertThat(1871 + onset.index()).isEqualTo(1899);
        assertThat(onset.shape()).isEqualTo(Onset.Shape.STEP);
        Pettitt break1899 = Pettitt.of(NILE);
        assertThat(1871 + break1899.index()).isEqualTo(1899);
        assertThat(break1899.pValue()).isLessThan(1e-6);
    }

    /** Matalas and Sankarasubramanian 2003 and others: without autocorrelation the variance is the classical one. */
    @Test
    void independentWindowsKeepTheClassicalVariance() {
        assertThat(Autocorrelation.varianceFactor(0, 24, 24)).isEqualTo(1);
        assertThat(Autocorrelation.varianceFactor(0, 480, 24)).isEqualTo(1);
    }

    /** Means of ever longer blocks of an autoregression hang together less and less. */
    @Test
    void longerBlocksLoseLessToAutocorrelation() {
        double[] factors = IntStream.of(24, 48, 120, 480, 4800)
                .mapToDouble(windows -> Autocorrelation.varianceFactor(0.9, windows, 24))
                .toArray();
        for (int i = 1; i < factors.length; i++) {
            assertThat(factors[i]).isLessThan(factors[i - 1]).isGreaterThan(1);
        }
        assertThat(factors[4]).isCloseTo(1, within(0.15));
    }
}
