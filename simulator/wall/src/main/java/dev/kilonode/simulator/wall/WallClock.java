package dev.kilonode.simulator.wall;

/** The machine's clock. No other class of a run reads it. Any thread. */
public final class WallClock {

    private WallClock() {}

    /** Monotonic time from an arbitrary origin. */
    public static long nanos() {
        return System.nanoTime();
    }

    /** Seconds since 1970. */
    static long unixSeconds() {
        return System.currentTimeMillis() / 1000;
    }
}
