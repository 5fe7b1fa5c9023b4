package dev.kilonode.reports.model;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.Unit;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.TrendResult;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats numbers as text, in the same way in every output. */
public final class Format {

    private Format() {}

    /** A time or duration: {@code 7 h 40 min}, {@code 3 min 5 s}, {@code 2.5 s}, {@code 0 s}. */
    public static String time(long ms) {
        if (ms < 60_000) {
            return ms % 1000 == 0 ? ms / 1000 + " s" : trim(String.format(Locale.ROOT, "%.3f", ms / 1000.0)) + " s";
        }
        long seconds = Math.round(ms / 1000.0);
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    /** A latency in ms, in a suitable unit: {@code 14 min}, {@code 3.0 min}, {@code 42 s}, {@code 7.25 ms}, {@code 80 µs}. */
    public static String latency(double ms) {
        Scale scale = Scale.millis(ms);
        return number(ms * scale.factor()) + " " + scale.unit();
    }

    /** Two latencies in ms in the same unit: {@code 1.25 min} and {@code 5.91 min}. */
    static String[] latencies(double fromMs, double toMs) {
        Scale scale = Scale.millis(Math.max(fromMs, toMs));
        return new String[] {
            number(fromMs * scale.factor()) + " " + scale.unit(), number(toMs * scale.factor()) + " " + scale.unit()
        };
    }

    /** A number with about three significant digits and thousands separators. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && size < 0.01) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** A whole number with thousands separators. */
    public static String count(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** A ratio in [0, 1] as a percentage. */
    public static String percent(double ratio) {
        return number(ratio * 100) + " %";
    }

    /**
     * A value of a metric with its unit.
     *
     * @param value null becomes {@code no data}
     */
    public static String quantity(String metric, String stat, @Nullable Double value) {
        if (value == null) {
            return "no data";
        }
        if (stat.equals("ratio") || stat.equals("trend")) {
            return percent(value);
        }
        if (stat.equals("rate")) {
            return number(value) + " /s";
        }
        if (stat.equals("count")) {
            return count(value);
        }
        return metric.equals(Metric.NODES_UP.id()) ? count(value) : inUnit(unit(metric), value);
    }

    private static Unit unit(String metric) {
        if (metric.equals(CheckResult.RUN_TIME)) {
            return Unit.MILLISECONDS;
        }
        return Metric.byId(metric).map(Metric::unit).orElse(Unit.COUNT);
    }

    private static String inUnit(Unit unit, double value) {
        return switch (unit) {
            case MILLISECONDS -> latency(value);
            case RATIO -> percent(value);
            case BYTES -> scaled(Scale.bytes(value), value);
            case BYTES_PER_SECOND -> scaled(Scale.bytesPerSecond(value), value);
            case COUNT, TIMES -> number(value);
        };
    }

    private static String scaled(Scale scale, double value) {
        return number(value * scale.factor()) + " " + scale.unit();
    }

    /** Time of the worst value of a check; empty for lower limits, where the recorded value is the best one. */
    public static String worstAt(CheckResult check) {
        Long worst = check.worstAtMs();
        if (check.op().startsWith(">")) {
            return "";
        }
        return worst == null ? "-" : time(worst);
    }

    /** What a check measures: {@code transport.drops count, cause=full, window 10m}. */
    public static String measured(CheckResult check) {
        return check.metric() + " " + check.stat() + (check.where().isEmpty() ? "" : ", " + check.where())
                + (check.over().equals("run") ? "" : ", " + check.over());
    }

    /** The measured value of a check; of a trend, the change. */
    public static String actual(CheckResult check) {
        return compared(check, check.actual());
    }

    /** The limit of a check. */
    public static String limit(CheckResult check) {
        return compared(check, check.limit());
    }

    private static String compared(CheckResult check, @Nullable Double value) {
        if (value == null || !check.over().equals("trend")) {
            return quantity(check.metric(), check.stat(), value);
        }
        return (value > 0 ? "+" : "") + percent(value);
    }

    /** Why a check has its result and its limit. */
    public static String explanation(CheckResult check) {
        var parts = new ArrayList<String>();
        TrendResult trend = check.trend();
        if (trend != null) {
            parts.add(trend(check, trend));
        }
        if (!check.why().isEmpty()) {
            parts.add(check.why());
        }
        if (!check.because().isEmpty()) {
            parts.add(check.because());
        }
        return String.join("; ", parts);
    }

    /** {@code from 3.1 min to 5.2 min since 19 h 40 min, p 0.0002 over 24 blocks}. */
    private static String trend(CheckResult check, TrendResult trend) {
        String since = "";
        if (trend.sinceMs() != null && check.status() != CheckResult.Status.PASS) {
            since = trend.sinceMs() == 0 ? " from the start" : " since " + time(trend.sinceMs());
        }
        return "from " + quantity(check.metric(), check.stat(), trend.start()) + " to "
                + quantity(check.metric(), check.stat(), trend.end())
                + since
                + ", p " + (trend.pValue() < 0.0001 ? "below 0.0001" : number(trend.pValue())) + " over "
                + trend.blocks()
                + " blocks";
    }

    private static String trim(String number) {
        return number.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
