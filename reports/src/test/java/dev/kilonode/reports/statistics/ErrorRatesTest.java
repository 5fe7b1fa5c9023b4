package dev.kilonode.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the rule for trends alarms without cause, and how often it sees one; the seeds are 1 to {@link #RUNS}. */
class ErrorRatesTest {

    private static final int RUNS = 400;
    private static final double LIMIT = 0.1;
    private static final double FLOOR = 1;

    @ParameterizedTest
    @CsvSource({
        "400, 0.9, 0.02, 0.05", "400, 0.9, 0.05, 0.05", "400, 0.9, 0.1, 0.05", "400, 0.9, 0.3, 0.05",
        "132, 0.9, 0.05, 0.05", "132, 0.9, 0.1, 0.05", "48, 0.9, 0.05, 0.05", "48, 0.9, 0.1, 0.05",
        "24, 0.9, 0.05, 0.05", "24, 0.5, 0.1, 0.05", "400, 0, 0.3, 0.01", "24, 0, 0.1, 0.02"
    })
    void noiseWithoutATrendAlarmsInAtMostFivePercent(int windows, double phi, double sd, double most) {
        assertThat(alarms(windows, phi, sd, t -> 0))
                .as("false alarms, %d windows, phi %s, sd %s, seeds 1 to %d", windows, phi, sd, RUNS)
                .isLessThanOrEqualTo(most);
    }

    /** The noise must not be as large as the change: beyond that nobody can tell one from the other. */
    @ParameterizedTest
    @CsvSource({"400, 0.9, 0.02", "400, 0.9, 0.03", "800, 0.9, 0.04", "400, 0, 0.1", "132, 0, 0.05", "24, 0, 0.03"})
    void aDriftOfTwentyPercentIsSeenInAtLeastNinetyFivePercent(int windows, double phi, double sd) {
        assertThat(alarms(windows, phi, sd, t -> 0.2 * t))
                .as("alarms, %d windows, phi %s, sd %s, seeds 1 to %d", windows, phi, sd, RUNS)
                .isGreaterThanOrEqualTo(0.95);
    }

    /** A network that dies in hour nineteen of 33, and one that gets worse faster and faster. */
    @Test
    void breaksAndBendsAreSeenToo() {
        assertThat(alarms(132, 0, 0.1, t -> t > 19 / 33.0 ? 1 : 0))
                .as("a step, seeds 1 to %d", RUNS)
                .isGreaterThanOrEqualTo(0.95);
        assertThat(alarms(400, 0.9, 0.05, t -> 3 * t * t * t))
                .as("a bend, seeds 1 to %d", RUNS)
                .isGreaterThanOrEqualTo(0.95);
        assertThat(alarms(18, 0, 0.05, t -> 2 * t * t))
                .as("a bend in a short run, seeds 1 to %d", RUNS)
                .isGreaterThanOrEqualTo(0.95);
    }

    /** Why there are blocks and a rule for autocorrelation at all. */
    @Test
    void theRankTestAloneCriesWolf() {
        int alarms = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            double[] values = Noise.course(seed, 400, 0.9, 0.05, t -> 0).values();
            if (MannKendall.of(values).pValue() < Trend.ALPHA) {
                alarms++;
            }
        }
        assertThat(alarms / (double) RUNS).as("seeds 1 to %d", RUNS).isGreaterThan(0.4);
    }

    private static double alarms(int windows, double phi, double sd, DoubleUnaryOperator shape) {
        int alarms = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            Trend trend = Trend.of(Noise.course(seed, windows, phi, sd, shape), FLOOR);
            assertThat(trend.tested()).as("seed %d: %s", seed, trend.trouble()).isTrue();
            if (trend.pValue() < Trend.ALPHA && trend.change() >= LIMIT) {
                alarms++;
            }
        }
        return alarms / (double) RUNS;
    }
}
