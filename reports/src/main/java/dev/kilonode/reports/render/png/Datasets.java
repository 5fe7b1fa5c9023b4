package dev.kilonode.reports.render.png;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ChartSeries;
import java.util.List;
import org.jfree.data.xy.DefaultTableXYDataset;
import org.jfree.data.xy.DefaultXYZDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Converts series to JFreeChart data sets with at most {@code limit} points per series. */
final class Datasets {

    private static final int NAME_CHARS = 40;

    private Datasets() {}

    static XYSeriesCollection lines(List<Chart.Line> lines, double unitMs, int limit) {
        var set = new XYSeriesCollection();
        for (int n = 0; n < lines.size(); n++) {
            ChartSeries points = lines.get(n).points().thinned(limit);
            var series =
                    new XYSeries(new Key(n, PngCharts.printable(lines.get(n).name(), NAME_CHARS)), false, true);
            for (int i = 0; i < points.size(); i++) {
                series.add(points.atMs(i) / unitMs, points.value()[i], false);
            }
            set.addSeries(series);
        }
        return set;
    }

    static DefaultTableXYDataset stack(List<Chart.Line> lines, double unitMs, int limit) {
        var set = new DefaultTableXYDataset();
        List<ChartSeries> alike =
                ChartSeries.thinnedAlike(lines.stream().map(Chart.Line::points).toList(), limit);
        for (int n = 0; n < lines.size(); n++) {
            ChartSeries points = alike.get(n);
            var series =
                    new XYSeries(new Key(n, PngCharts.printable(lines.get(n).name(), NAME_CHARS)), true, false);
            for (int i = 0; i < points.size(); i++) {
                double v = points.value()[i];
                series.addOrUpdate(points.atMs(i) / unitMs, Double.isFinite(v) ? v : 0);
            }
            set.addSeries(series);
        }
        return set;
    }

    static YIntervalSeriesCollection bands(List<Chart.Band> bands, double unitMs, int limit) {
        var set = new YIntervalSeriesCollection();
        for (int n = 0; n < bands.size(); n++) {
            Chart.Band band = bands.get(n);
            List<ChartSeries> edges = ChartSeries.thinnedAlike(List.of(band.low(), band.high()), limit);
            var series = new YIntervalSeries(new Key(n, PngCharts.printable(band.name(), NAME_CHARS)), false, true);
            for (int i = 0; i < edges.get(0).size(); i++) {
                double low = edges.get(0).value()[i];
                double high = edges.get(1).value()[i];
                if (Double.isFinite(low) && Double.isFinite(high)) {
                    series.add(edges.get(0).atMs(i) / unitMs, high, low, high);
                }
            }
            set.addSeries(series);
        }
        return set;
    }

    static DefaultXYZDataset grid(Chart.Heatmap heat, double unitMs) {
        var set = new DefaultXYZDataset();
        for (int row = 0; row < heat.rows().size(); row++) {
            ChartSeries points = heat.cells().get(row);
            var columns = new double[3][points.size()];
            for (int i = 0; i < points.size(); i++) {
                columns[0][i] = points.atMs(i) / unitMs;
                columns[1][i] = row;
                columns[2][i] = points.value()[i];
            }
            set.addSeries(heat.rows().get(row), columns);
        }
        return set;
    }

    /** A key that is unique even if names are equal. */
    record Key(int number, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key o) {
            return Integer.compare(number, o.number);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
