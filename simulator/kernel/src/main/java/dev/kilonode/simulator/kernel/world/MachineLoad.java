package dev.kilonode.simulator.kernel.world;

/**
 * How well the machine kept up with the clock during one window, in a world of real time.
 *
 * @param late whether event loops or workers were more than {@link #LATE_MS} late in more than {@link #LATE_SHARE} of the samples
 * @param busy average share of the window in which the busiest event loop worked
 * @param worstLateMs the longest delay of an event loop or a worker
 */
public record MachineLoad(boolean late, double busy, double worstLateMs) {

    /** A delay above this distorts the measurements. */
    public static final double LATE_MS = 250;

    public static final double LATE_SHARE = 0.05;
}
