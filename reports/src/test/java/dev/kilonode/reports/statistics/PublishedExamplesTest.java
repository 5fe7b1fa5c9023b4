package dev.kilonode.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    /** Holm's procedure on 0.01, 0.04, 0.03, 0.005: the fourth and the first are rejected at 0.05, the others are not. */
    @Test
    void holmAsInTheTextbookExample() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(0.7, 0.9)).containsExactly(1, 1);
        assertThat(Holm.adjust()).isEmpty();
    }

    /** Cobb 1978 and many since: one level until 1898, a lower one from 1899, the 29th year, and little autocorrelation once that is known. */
    @Test
    void theNileChangedIn1899() {
        assertThat(NILE).hasSize(100);
        ChangeTest test = ChangeTest.of(NILE);
        assertThat(1871 + test.shape().at()).isEqualTo(1899);
        assertThat(test.shape().kind()).isEqualTo(ChangeShape.Kind.STEP);
        assertThat(test.shape().fit(NILE).before()).isCloseTo(1097.75, within(0.01)); // mean of 1871 to 1898
        assertThat(test.shape().fit(NILE).size()).isCloseTo(849.97 - 1097.75, within(0.01));
        assertThat(test.pValue()).isLessThan(1e-4);
        assertThat(test.autocorrelation()).isLessThan(0.3); // of the whole course it is 0.5
    }
}
