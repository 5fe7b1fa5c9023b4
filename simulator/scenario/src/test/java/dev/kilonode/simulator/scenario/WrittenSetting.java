package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a scenario file, found by reflection, with values of it as they are written.
 *
 * @param path as for {@code --set}; of the first item in lists
 * @param type of the value; {@link List} for the list itself
 */
public record WrittenSetting(String path, Class<?> type, Range range) {

    /** All that have bounds: every number, text and list. */
    public static List<WrittenSetting> all() {
        List<WrittenSetting> all = new ArrayList<>();
        collect(Scenario.class, null, "", all);
        return all;
    }

    private static void collect(Class<?> section, @Nullable Range ofSection, String path, List<WrittenSetting> all) {
        for (RecordComponent component : Keys.components(section)) {
            Range own = component.getAnnotation(Range.class);
            Range range = own == null ? ofSection : own;
            String below = Binder.join(path, Keys.of(component));
            Class<?> type = component.getType();
            Class<?> element = Keys.elementOf(component.getGenericType());
            if (type.isEnum() || type == boolean.class) continue;
            if (component.getAnnotation(Setting.class) == null) throw new AssertionError(below + " has no @Setting");
            if (Keys.isSection(element)) {
                boolean list = type == List.class;
                if (list) all.add(new WrittenSetting(below, List.class, stated(range, below)));
                collect(element, list ? null : range, list ? below + "[0]" : below, all);
            } else if (type == Map.class) {
                String key = below.endsWith("where") ? "cause" : "default";
                all.add(new WrittenSetting(below + "." + key, element, stated(range, below)));
            } else {
                all.add(new WrittenSetting(below, type, stated(range, below)));
            }
        }
    }

    private static Range stated(@Nullable Range range, String path) {
        if (range == null) throw new AssertionError(path + ": a setting without @Range beside its @Setting");
        return range;
    }

    public String least() {
        return written(range.min());
    }

    public String greatest() {
        return written(range.max());
    }

    /** By the smallest step, or a millionth, less than the least. */
    String tooSmall() {
        return stepped(range.min(), -1);
    }

    String tooGreat() {
        return stepped(range.max(), 1);
    }

    /** Whether a value below the least can be written at all. */
    boolean hasTooSmall() {
        return !(type == String.class || type == List.class) || !range.min().equals("0");
    }

    /** One between the bounds, small ones as often as great ones. */
    public String between(SplittableRandom random) {
        if (type == List.class) return range.min().equals("0") ? "[]" : "[{name: m, count: 4}]";
        if (type == String.class) return "'" + "a".repeat(1 + random.nextInt(Integer.parseInt(range.max()))) + "'";
        double least = Units.amount(Bounds.value(range.min(), type)).doubleValue();
        double greatest = Units.amount(Bounds.value(range.max(), type)).doubleValue();
        double low = Math.max(least, Math.min(1e-3, greatest));
        double value = Math.min(greatest, Math.max(least, low * Math.pow(greatest / low, random.nextDouble())));
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(6, RoundingMode.DOWN);
        String whole = rounded.setScale(0, RoundingMode.DOWN).toPlainString();
        if (type == Duration.class) return Durations.text(Duration.ofNanos(rounded.longValue()));
        if (type == int.class || type == long.class) return whole;
        String plain = rounded.stripTrailingZeros().toPlainString();
        String unit = range.max().replaceFirst("^[0-9.]+", "");
        return switch (unit) {
            case "%" -> rounded.movePointRight(2).toPlainString() + "%";
            case "TB" -> whole + "B";
            case "MiB" -> whole + "B";
            case "TB/s" -> whole + "B/s";
            default -> plain + unit;
        };
    }

    private String written(String bound) {
        if (type == String.class) return "'" + "a".repeat(Integer.parseInt(bound)) + "'";
        if (type == List.class) return items(Integer.parseInt(bound));
        return bound;
    }

    private String stepped(String bound, int by) {
        if (type == String.class) return "'" + "a".repeat(Integer.parseInt(bound) + by) + "'";
        if (type == List.class) return items(Integer.parseInt(bound) + by);
        String number = bound.replaceFirst("[^-0-9.].*$", "");
        String unit = bound.substring(number.length());
        BigDecimal value = new BigDecimal(number);
        if (type == int.class || type == long.class)
            return value.add(BigDecimal.valueOf(by)).toPlainString();
        BigDecimal step = switch (unit) {
            case "d" -> BigDecimal.ONE.divide(BigDecimal.valueOf(86_400).movePointRight(9), 18, RoundingMode.UP);
            case "h" -> BigDecimal.ONE.divide(BigDecimal.valueOf(3_600).movePointRight(9), 18, RoundingMode.UP);
            default -> new BigDecimal("0.000001");
        };
        if (type == Duration.class && unit.length() == 1 && !unit.equals("s")) {
            return Durations.text(
                    Duration.ofNanos(Units.amount(Units.duration(bound)).longValue() + by));
        }
        if (type == dev.kilonode.node.config.Bytes.class)
            return Units.bytes(bound).count() + by + "B";
        return value.add(step.multiply(BigDecimal.valueOf(by))).toPlainString() + unit;
    }

    private static String items(int count) {
        return "[" + "{}, ".repeat(Math.max(0, count - 1)) + (count > 0 ? "{}" : "") + "]";
    }

    @Override
    public String toString() {
        return path;
    }
}
