package dev.kilonode.simulator.wall;

/** The machine's clock: the only place where a run reads it. Any thread. */
public final class WallClock {

    private WallClock() {}

    /** Monotonic, from an arbitrary beginning. */
    public static long nanos() {
        return System.nanoTime();
    }

    /** Seconds since 1970. */
    static long unixSeconds() {
        return System.currentTimeMillis() / 1000;
    }
}
