package dev.kilonode.simulator.harness;

/** The machine's clock, for the run's speed only; nothing in a run depends on it. */
final class WallClock {

    private WallClock() {}

    static long nanos() {
        return System.nanoTime();
    }
}
