package dev.kilonode.simulator.run.control;

/**
 * What the control plane has cost a process so far.
 *
 * @param sentBytes bytes of commands and reports sent, as serialised
 * @param receivedBytes bytes received
 * @param threads its threads, which are no part of the tester
 * @param cpuNanos processor time of these threads
 */
public record ControlCost(long sentBytes, long receivedBytes, int threads, long cpuNanos) {

    public static final ControlCost NONE = new ControlCost(0, 0, 0, 0);
}
