package dev.kilonode.simulator.scenario;

import java.time.Duration;

/** Formats durations as in a scenario. */
public final class Durations {
    private Durations() {}

    /** Formats exactly, such as {@code 1h30m}; uses days only for whole days. */
    public static String text(Duration duration) {
        if (duration.isZero()) return "0s";
        if (duration.isNegative()) return "-" + text(duration.negated());
        StringBuilder out = new StringBuilder();
        boolean wholeDays = duration.toHoursPart() == 0 && duration.toMinutesPart() == 0;
        part(out, wholeDays ? duration.toDays() : 0, "d");
        part(out, wholeDays ? 0 : duration.toHours(), "h");
        part(out, duration.toMinutesPart(), "m");
        part(out, duration.toSecondsPart(), "s");
        part(out, duration.toNanosPart() / 1_000_000, "ms");
        part(out, duration.toNanosPart() / 1000 % 1000, "us");
        part(out, duration.toNanosPart() % 1000, "ns");
        return out.toString();
    }

    private static void part(StringBuilder out, long count, String unit) {
        if (count > 0) out.append(count).append(unit);
    }
}
