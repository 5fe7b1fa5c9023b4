/** Records of settings that worlds, runs and the scenario reader share: hosts, network, costs, wall time. */
@NullMarked
package dev.kilonode.simulator.settings;

import org.jspecify.annotations.NullMarked;
