package dev.kilonode.simulator.run.plan;

import dev.kilonode.simulator.settings.HostGroup;

/**
 * One host.
 *
 * @param number its number in the run, which determines its address
 */
public record PlannedHost(int number, HostGroup group) {}
