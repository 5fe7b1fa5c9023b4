package dev.kilonode.reports.story;

import dev.kilonode.reports.run.CheckResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as words, the same in every output. */
public final class Format {

    private Format() {}

    /** A moment or stretch of the run: {@code 7 h 40 min}, {@code 3 min 5 s}, {@code 2.5 s}, {@code 0 s}. */
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

    /** A latency in ms, in the unit that suits it: {@code 14 min}, {@code 3.0 min}, {@code 42 s}, {@code 7.25 ms}, {@code 80 µs}. */
    public static String latency(double ms) {
        Scale scale = Scale.millis(ms);
        return number(ms * scale.factor()) + " " + scale.unit();
    }

    /** Two latencies in ms in one unit: {@code 1.25 min} and {@code 5.91 min}. */
    static String[] latencies(double fromMs, double toMs) {
        Scale scale = Scale.millis(Math.max(fromMs, toMs));
        return new String[] {
            number(fromMs * scale.factor()) + " " + scale.unit(), number(toMs * scale.factor()) + " " + scale.unit()
        };
    }

    /** A number with about three digits that matter, thousands parted. */
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

    /** A whole number, thousands parted. */
    public static String count(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** A ratio in [0, 1] as per cent. */
    public static String percent(double ratio) {
        return number(ratio * 100) + " %";
    }

    /**
     * A value of a metric in words.
     *
     * @param value null reads {@code no data}
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
        if (isLatency(metric)) {
            return latency(value);
        }
        if (metric.equals("host.cpu") || metric.endsWith(".utilisation") || metric.equals("node.up")) {
            return metric.equals("node.up") ? count(value) : percent(value);
        }
        if (metric.startsWith("host.bytes")) {
            Scale scale = Scale.bytesPerSecond(value);
            return number(value * scale.factor()) + " " + scale.unit();
        }
        return number(value);
    }

    /** When a check's value was worst; empty for those that want it high, whose highest value is the best one. */
    public static String worstAt(CheckResult check) {
        Long worst = check.worstAtMs();
        if (check.op().startsWith(">")) {
            return "";
        }
        return worst == null ? "-" : time(worst);
    }

    /** Whether a metric is a time in ms. */
    static boolean isLatency(String metric) {
        return metric.endsWith(".latency")
                || metric.endsWith(".wait")
                || metric.endsWith(".hold")
                || metric.endsWith(".residence");
    }

    private static String trim(String number) {
        return number.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
