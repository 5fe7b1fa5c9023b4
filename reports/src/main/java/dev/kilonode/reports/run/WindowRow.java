package dev.kilonode.reports.run;

import java.util.List;

/** One row of {@code windows.csv}. */
record WindowRow(long startMs, long endMs, MetricSeries.Key key, double value) {

    static final String HEADER = "start_ms,end_ms,metric,labels,stat,value";

    static WindowRow parse(List<String> f) {
        double value = Double.parseDouble(f.get(5));
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(f.get(5));
        }
        return new WindowRow(
                Long.parseLong(f.get(0)),
                Long.parseLong(f.get(1)),
                new MetricSeries.Key(f.get(2), f.get(3), f.get(4)),
                value);
    }
}
