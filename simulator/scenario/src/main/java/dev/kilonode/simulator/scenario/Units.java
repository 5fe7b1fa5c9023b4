package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses values with units, as written in a scenario. Exact: a value that is not a whole number of nanoseconds or bytes is refused.
 *
 * <p>Every method throws {@link IllegalArgumentException} with a message such as {@code got 15, expected a duration; write 15s}.
 */
public final class Units {
    private static final String NUMBER = "[0-9]{1,30}(?:\\.[0-9]{1,30})?";
    private static final Pattern PLAIN = Pattern.compile("-?" + NUMBER);
    private static final Pattern PART = Pattern.compile("(" + NUMBER + ")([A-Za-z/%]+)");
    private static final Map<String, BigDecimal> DURATION = table(
            "d", "86400e9", "h", "3600e9", "m", "60e9", "min", "60e9", "s", "1e9", "ms", "1e6", "us", "1e3", "ns", "1");
    private static final Map<String, BigDecimal> BYTES = table(
            "B",
            "1",
            "kB",
            "1e3",
            "MB",
            "1e6",
            "GB",
            "1e9",
            "TB",
            "1e12",
            "KiB",
            "1024",
            "MiB",
            "1048576",
            "GiB",
            "1073741824");
    private static final Map<String, BigDecimal> BANDWIDTH = bandwidth();
    private static final Map<String, BigDecimal> PERIOD = table("/s", "1", "/min", "60", "/h", "3600", "/d", "86400");

    private Units() {}

    static boolean isUnit(Class<?> type) {
        return type == Bytes.class || type == Bandwidth.class || type == Ratio.class || type == Frequency.class;
    }

    /** Parses {@code 15s}, {@code 0.3ms}, {@code 1h30m}. */
    public static Duration duration(String text) {
        String wanted = "a duration";
        if (PLAIN.matcher(text).matches()) throw unitless(text, wanted, text + "s");
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        BigDecimal last = null;
        int end = 0;
        while (part.find() && part.start() == end) {
            BigDecimal unit = unit(DURATION, part.group(2), text, wanted);
            if (last != null && unit.compareTo(last) >= 0)
                throw wrong(text, wanted, "larger units first, such as 1h30m");
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            last = unit;
            end = part.end();
        }
        if (end == 0 || end != text.length()) throw wrong(text, wanted, "15s, 300ms or 1h30m");
        return Duration.ofNanos(whole(nanos, text, wanted, "ns"));
    }

    /** Parses {@code 4MiB}, {@code 50MB}. */
    public static Bytes bytes(String text) {
        return new Bytes(
                whole(single(text, BYTES, "a size in bytes", "B", "4MiB or 50MB"), text, "a size in bytes", "B"));
    }

    /** Parses {@code 1Gbps}, {@code 2MB/s}. */
    public static Bandwidth bandwidth(String text) {
        double value = single(text, BANDWIDTH, "a bandwidth", "B/s", "100Mbps or 2MB/s")
                .doubleValue();
        if (!(value > 0)) throw wrong(text, "a bandwidth above 0", "100Mbps or 2MB/s");
        return new Bandwidth(value);
    }

    /** Parses {@code 5%}; plain numbers are refused, since 5 and 0.05 are easily confused. */
    public static Ratio ratio(String text) {
        String wanted = "a ratio from 0% to 100%";
        if (PLAIN.matcher(text).matches()) {
            BigDecimal value = new BigDecimal(text);
            boolean share = value.compareTo(BigDecimal.ONE) < 0 || text.equals("1.0");
            String percent = (share ? value.movePointRight(2) : value)
                    .stripTrailingZeros()
                    .toPlainString();
            throw unitless(text, wanted, percent + "%");
        }
        BigDecimal percent = single(text, table("%", "1"), wanted, "%", "5%");
        if (percent.compareTo(BigDecimal.valueOf(100)) > 0)
            throw new TooLargeException(
                    String.valueOf(wrong(text, wanted, "100% or less").getMessage()));
        return new Ratio(percent.movePointLeft(2).doubleValue());
    }

    /** Parses {@code 8/s}, {@code 30/min}, {@code 2/h}, {@code 1/d}. */
    public static Frequency frequency(String text) {
        String wanted = "a frequency";
        if (PLAIN.matcher(text).matches()) throw unitless(text, wanted, text + "/s");
        Matcher part = PART.matcher(text);
        if (!part.matches()) throw wrong(text, wanted, "8/s, 30/min or 2/h");
        double period = unit(PERIOD, part.group(2), text, wanted).doubleValue();
        return new Frequency(new BigDecimal(part.group(1)).doubleValue() / period);
    }

    private static BigDecimal single(
            String text, Map<String, BigDecimal> units, String wanted, String plainUnit, String example) {
        if (PLAIN.matcher(text).matches()) throw unitless(text, wanted, text + plainUnit);
        Matcher part = PART.matcher(text);
        if (!part.matches()) throw wrong(text, wanted, example);
        return new BigDecimal(part.group(1)).multiply(unit(units, part.group(2), text, wanted));
    }

    private static BigDecimal unit(Map<String, BigDecimal> units, String name, String text, String wanted) {
        BigDecimal unit = units.get(name);
        if (unit != null) return unit;
        String close = Suggestions.of(name, units.keySet());
        String number = text.substring(0, text.length() - name.length());
        String write = close != null && text.endsWith(name)
                ? number + close
                : "one of the units " + String.join(" ", units.keySet());
        throw wrong(text, wanted, write);
    }

    private static long whole(BigDecimal value, String text, String wanted, String smallest) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                throw wrong(text, wanted, "a whole number of " + smallest);
            throw new TooLargeException(String.valueOf(wrong(text, wanted, "less than " + Long.MAX_VALUE + smallest)
                    .getMessage()));
        }
    }

    /** A value as a number comparable with others of its type: nanoseconds, bytes, a ratio, events per second. */
    static BigDecimal amount(Object value) {
        if (value instanceof Duration duration) return BigDecimal.valueOf(duration.toNanos());
        if (value instanceof Bytes bytes) return BigDecimal.valueOf(bytes.count());
        if (value instanceof Bandwidth bandwidth) return new BigDecimal(bandwidth.bytesPerSecond());
        if (value instanceof Frequency frequency) return new BigDecimal(frequency.perSecond());
        if (value instanceof Ratio ratio) return new BigDecimal(ratio.value());
        if (value instanceof Number number) return new BigDecimal(number.toString());
        throw new IllegalStateException(
                "no way to compare a " + value.getClass().getSimpleName());
    }

    /** A number that its type cannot represent. */
    static final class TooLargeException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    private static IllegalArgumentException unitless(String text, String wanted, String write) {
        if (text.startsWith("-")) return wrong(text, wanted + ", 0 or more", write.substring(1));
        return wrong(text, wanted, write);
    }

    private static IllegalArgumentException wrong(String text, String wanted, String write) {
        String shown = PLAIN.matcher(text).matches()
                ? text
                : new Scalar(text, Scalar.Kind.TEXT, true, Origin.NOWHERE).describe();
        return new IllegalArgumentException("got " + shown + ", expected " + wanted + "; write " + write);
    }

    private static Map<String, BigDecimal> table(String... pairs) {
        Map<String, BigDecimal> table = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) table.put(pairs[i], new BigDecimal(pairs[i + 1]));
        return table;
    }

    private static Map<String, BigDecimal> bandwidth() {
        Map<String, BigDecimal> table = table("bps", "0.125", "kbps", "125", "Mbps", "125e3", "Gbps", "125e6");
        BYTES.forEach((name, bytes) -> table.put(name + "/s", bytes));
        return table;
    }
}
