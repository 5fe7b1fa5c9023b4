package dev.kilonode.reports.model;

import java.util.List;
import java.util.Locale;

/**
 * Division of the time axis into round steps of a clock.
 *
 * @param unit unit of the axis: {@code h}, {@code h:min}, {@code min}, {@code min:s} or {@code s}
 * @param unitMs length of the unit, ms
 * @param stepMs distance of the ticks, ms
 */
public record TimeScale(String unit, long unitMs, long stepMs) {

    /** Possible distances of the ticks, ms. */
    public static final List<Long> STEPS_MS = List.of(
            1L,
            10L,
            50L,
            100L,
            200L,
            500L,
            1_000L,
            2_000L,
            5_000L,
            15_000L,
            30_000L,
            60_000L,
            120_000L,
            300_000L,
            900_000L,
            1_800_000L,
            3_600_000L,
            7_200_000L,
            10_800_000L,
            21_600_000L,
            43_200_000L,
            86_400_000L,
            172_800_000L,
            864_000_000L);

    /** Most ticks that fit on the axis. */
    public static final int MOST_TICKS = 13;

    private static final long HOUR_MS = 3_600_000;
    private static final long MINUTE_MS = 60_000;

    /** The scale for a run of the given length. */
    public static TimeScale of(long durationMs) {
        long largest = STEPS_MS.get(STEPS_MS.size() - 1);
        long step = STEPS_MS.stream()
                .filter(s -> durationMs / s <= MOST_TICKS)
                .findFirst()
                .orElse(largest * (durationMs / largest / MOST_TICKS + 1));
        if (durationMs >= 3 * HOUR_MS) {
            return new TimeScale(step % HOUR_MS == 0 ? "h" : "h:min", HOUR_MS, step);
        }
        if (durationMs >= 3 * MINUTE_MS) {
            return new TimeScale(step % MINUTE_MS == 0 ? "min" : "min:s", MINUTE_MS, step);
        }
        return new TimeScale("s", 1000, step);
    }

    /** Label of a tick: {@code 3}, {@code 0:45}, {@code 0.2}. */
    public String label(long ms) {
        if (unit.contains(":")) {
            return String.format(Locale.ROOT, "%d:%02d", ms / unitMs, ms % unitMs * 60 / unitMs);
        }
        return ms % unitMs == 0
                ? Long.toString(ms / unitMs)
                : Double.toString(Math.round((double) ms / unitMs * 1000) / 1000.0);
    }
}
