package dev.kilonode.simulator.kernel.world;

import java.util.Optional;

/** Records what only its world can measure, such as the machine or the sockets, as metrics of the run. On the run's thread. */
public interface WorldSampler {

    /** Called at every stride of the run. */
    default void sample() {}

    /**
     * Called once before a window closes.
     *
     * @return how the machine kept up during this window, from the sampler that measures that
     */
    default Optional<MachineLoad> closeWindow() {
        return Optional.empty();
    }
}
