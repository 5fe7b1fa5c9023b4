package dev.kilonode.reports.model;

/**
 * Display unit of a metric, and the factor from the metric's unit to it.
 *
 * @param factor factor to multiply by
 * @param unit label of the axis
 */
public record Scale(double factor, String unit) {

    /** For latencies in ms. */
    public static Scale millis(double max) {
        if (max >= 180_000) {
            return new Scale(1 / 60_000.0, "min");
        }
        if (max >= 3_000) {
            return new Scale(1 / 1000.0, "s");
        }
        return max >= 3 || max == 0 ? new Scale(1, "ms") : new Scale(1000, "µs");
    }

    /** For rates per second. */
    static Scale rate(double max, String what) {
        if (max >= 1 || max == 0) {
            return new Scale(1, what + " per second");
        }
        return max >= 1 / 60.0 ? new Scale(60, what + " per minute") : new Scale(3600, what + " per hour");
    }

    /** For bytes per second. */
    static Scale bytesPerSecond(double max) {
        if (max >= 1e9) {
            return new Scale(1e-9, "GB/s");
        }
        if (max >= 1e6) {
            return new Scale(1e-6, "MB/s");
        }
        return max >= 1e3 ? new Scale(1e-3, "kB/s") : new Scale(1, "B/s");
    }

    /** For amounts of memory. */
    static Scale bytes(double max) {
        if (max >= 1 << 30) {
            return new Scale(1.0 / (1 << 30), "GiB");
        }
        return max >= 1 << 20 ? new Scale(1.0 / (1 << 20), "MiB") : new Scale(1.0 / 1024, "KiB");
    }

    /** For ratios in [0, 1]. */
    static Scale percent() {
        return new Scale(100, "%");
    }

    /** For counts. */
    static Scale plain(String unit) {
        return new Scale(1, unit);
    }
}
