package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The textual form of one type in a scenario.
 *
 * @param wanted the type in words
 * @param example a valid value
 * @param pattern regular expression for the schema; the parser is stricter
 */
record ScalarType(String wanted, String example, String pattern, BiFunction<Scalar, String, Object> parser) {
    private static final String NUMBER = "[0-9]+(\\.[0-9]+)?";
    private static final String SIZE = "(B|kB|MB|GB|TB|KiB|MiB|GiB)";
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,30}");
    private static final Map<Class<?>, ScalarType> TYPES = types();

    Object parse(Scalar scalar, String path) {
        if (scalar.kind() == Scalar.Kind.NOTHING) throw wrong(scalar, wanted, example);
        return parser.apply(scalar, path);
    }

    static ScalarType of(Class<?> type) {
        if (type.isEnum()) return choice(type);
        ScalarType known = TYPES.get(type);
        if (known == null) throw new IllegalStateException("no way to write a " + type + " in a scenario");
        return known;
    }

    private static Map<Class<?>, ScalarType> types() {
        Map<Class<?>, ScalarType> types = new LinkedHashMap<>();
        types.put(
                Duration.class,
                unit("a duration", "15s", "^(" + NUMBER + "(d|h|min|m|s|ms|us|ns))+$", Units::duration));
        types.put(Bytes.class, unit("a size in bytes", "4MiB", "^" + NUMBER + SIZE + "$", Units::bytes));
        types.put(
                Bandwidth.class,
                unit(
                        "a bandwidth",
                        "100Mbps",
                        "^" + NUMBER + "(bps|kbps|Mbps|Gbps|" + SIZE + "/s)$",
                        Units::bandwidth));
        types.put(Ratio.class, unit("a ratio from 0% to 100%", "5%", "^" + NUMBER + "%$", Units::ratio));
        types.put(Frequency.class, unit("a frequency", "8/s", "^" + NUMBER + "/(s|min|h|d)$", Units::frequency));
        types.put(String.class, new ScalarType("text", "\"some text\"", "", ScalarType::text));
        types.put(boolean.class, new ScalarType("true or false", "true", "", (scalar, path) -> bool(scalar)));
        types.put(int.class, new ScalarType("a whole number, 0 or more", "8", "", (scalar, path) -> count(scalar)));
        types.put(long.class, new ScalarType("a whole number", "1", "", (scalar, path) -> wide(scalar)));
        types.put(double.class, new ScalarType("a number, 0 or more", "1.5", "", (scalar, path) -> number(scalar)));
        return types;
    }

    private static ScalarType unit(String wanted, String example, String pattern, Function<String, Object> parse) {
        return new ScalarType(wanted, example, pattern, (scalar, path) -> withUnit(scalar, wanted, parse));
    }

    private static Object withUnit(Scalar scalar, String wanted, Function<String, Object> parse) {
        String text = scalar.text().strip();
        String joined = text.replaceAll("\\s", "");
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            if (joined.equals(text) || joined.length() > 60) throw e;
        }
        Object unused = parse.apply(joined); // if the text is wrong in another way too, that message is better
        throw wrong(scalar, wanted, joined);
    }

    private static ScalarType choice(Class<?> type) {
        Map<String, Object> choices = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) choices.put(Keys.of((Enum<?>) constant), constant);
        String wanted = "one of " + String.join(", ", choices.keySet());
        String first = choices.keySet().iterator().next();
        return new ScalarType(wanted, first, "", (scalar, path) -> {
            Object chosen = choices.get(scalar.text());
            if (chosen != null) return chosen;
            String close = Suggestions.of(scalar.text(), choices.keySet());
            throw wrong(scalar, wanted, close == null ? first : close);
        });
    }

    private static Object text(Scalar scalar, String path) {
        // a limit is a number for some metrics and has a unit for others
        boolean limit = path.startsWith("checks[") && path.endsWith("].limit") || path.contains("].where.");
        if (scalar.kind() == Scalar.Kind.TEXT || limit) return scalar.text();
        throw wrong(scalar, "text", "\"" + scalar.text() + "\"");
    }

    private static Object bool(Scalar scalar) {
        if (!scalar.quoted() && scalar.text().equals("true")) return true;
        if (!scalar.quoted() && scalar.text().equals("false")) return false;
        throw wrong(scalar, "true or false", "true");
    }

    private static Object count(Scalar scalar) {
        BigInteger value = whole(scalar, "a whole number, 0 or more");
        if (value.signum() < 0)
            throw wrong(scalar, "a whole number, 0 or more", value.abs().toString());
        if (value.bitLength() >= Integer.SIZE) throw new Units.TooLargeException("got " + value);
        return value.intValue();
    }

    private static Object wide(Scalar scalar) {
        BigInteger value = whole(scalar, "a whole number");
        if (value.bitLength() < Long.SIZE) return value.longValue();
        throw new Units.TooLargeException("got " + value);
    }

    private static BigInteger whole(Scalar scalar, String wanted) {
        String text = scalar.text().strip();
        if (!WHOLE.matcher(text).matches()) throw wrong(scalar, wanted, "digits only, such as 1000");
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }

    private static Object number(Scalar scalar) {
        String text = scalar.text().strip();
        if (!text.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?"))
            throw wrong(scalar, "a number, 0 or more", "digits, such as 1.5");
        double value = new BigDecimal(text).doubleValue();
        if (text.startsWith("-")) throw wrong(scalar, "a number, 0 or more", text.substring(1));
        return value;
    }

    private static IllegalArgumentException wrong(Scalar scalar, String wanted, String write) {
        return new IllegalArgumentException("got " + scalar.describe() + ", expected " + wanted + "; write " + write);
    }
}
