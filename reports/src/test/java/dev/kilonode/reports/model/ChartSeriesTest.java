package dev.kilonode.reports.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChartSeriesTest {

    @Test
    void thinningKeepsPeakAndPitAndLast() {
        double[] values = new Random(5).doubles(118_800).toArray();
        values[70_001] = 99;
        values[20_002] = -99;
        ChartSeries thin = everySecond(values).thinned(2_000);
        assertThat(thin.size()).isLessThanOrEqualTo(2_000).isGreaterThan(1_900);
        assertThat(thin.value()).contains(99, -99, values[values.length - 1]);
        assertThat(thin.startMs()).isSorted();
    }

    @Test
    void fewPointsStayAsTheyAre() {
        ChartSeries points = everySecond(1, 2, 3);
        assertThat(points.thinned(3)).isSameAs(points);
    }

    @Test
    void linesThinnedAlikeKeepTheSameWindows() {
        List<ChartSeries> thin = ChartSeries.thinnedAlike(
                List.of(
                        everySecond(new Random(1).doubles(9_000).toArray()),
                        everySecond(new Random(2).doubles(9_000).toArray())),
                300);
        assertThat(thin.get(0).startMs()).isEqualTo(thin.get(1).startMs()).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void averagesKeepTheTotalOfARate() {
        double[] values = new Random(3).doubles(1_200).toArray();
        ChartSeries merged = everySecond(values).averaged(480);
        assertThat(merged.size()).isEqualTo(400);
        assertThat(merged.sum() * 3).isCloseTo(Arrays.stream(values).sum(), org.assertj.core.data.Offset.offset(1e-6));
        assertThat(merged.endMs()[399]).isEqualTo(1_200_000);
    }

    @Test
    void aMissingWindowIsAGapAndNeighboursAreNot() {
        var points = new ChartSeries(new long[] {0, 1000, 5000}, new long[] {1000, 2000, 6000}, new double[] {1, 2, 3});
        assertThat(points.withGaps().value()).containsExactly(1, 2, Double.NaN, 3);
    }

    private static ChartSeries everySecond(double... values) {
        return new ChartSeries(
                LongStream.range(0, values.length).map(i -> i * 1000).toArray(),
                LongStream.range(0, values.length).map(i -> (i + 1) * 1000).toArray(),
                values);
    }
}
