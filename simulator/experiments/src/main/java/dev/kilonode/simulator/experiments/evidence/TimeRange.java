package dev.kilonode.simulator.experiments.evidence;

import dev.kilonode.simulator.scenario.Units;

/**
 * A part of a run: {@code run}, {@code 18h..20h}, or {@code 90%..100%} of it.
 *
 * @param from ms since the start, or per cent
 * @param to ms since the start, or per cent
 */
record TimeRange(double from, double to, boolean percent) {

    static TimeRange parse(String text) {
        if (text.isBlank() || text.equals("run")) return new TimeRange(0, 100, true);
        String[] bounds = text.split("\\.\\.", -1);
        boolean percent = text.endsWith("%");
        try {
            if (bounds.length == 2) {
                TimeRange stretch = new TimeRange(bound(bounds[0], percent), bound(bounds[1], percent), percent);
                if (stretch.from < stretch.to) return stretch;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "got \"" + text + "\", expected a part of the run; write run, 18h..20h or 90%..100%");
    }

    private static double bound(String text, boolean percent) {
        return percent
                ? Units.ratio(text.strip()).value() * 100
                : Units.duration(text.strip()).toMillis();
    }

    long fromMs(long durationMs) {
        return percent ? Math.round(from * durationMs / 100) : Math.round(from);
    }

    long toMs(long durationMs) {
        return percent ? Math.round(to * durationMs / 100) : Math.round(to);
    }
}
