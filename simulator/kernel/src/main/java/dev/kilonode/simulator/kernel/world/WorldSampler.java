package dev.kilonode.simulator.kernel.world;

import java.util.Optional;

/** Records metrics that only its world can measure, such as those of the machine or the sockets. Called on the run's thread. */
public interface WorldSampler {

    /** Called at every stride of the run. */
    default void sample() {}

    /**
     * Called once before a window closes.
     *
     * @return the load of the machine during this window, if this sampler measures it
     */
    default Optional<MachineLoad> closeWindow() {
        return Optional.empty();
    }
}
