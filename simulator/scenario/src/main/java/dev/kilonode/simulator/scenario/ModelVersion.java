package dev.kilonode.simulator.scenario;

/**
 * The version of the model: of the network that a scenario's settings describe. Runs of different versions are not compared, because
 * their numbers may differ although the network under test has not changed.
 */
public final class ModelVersion {

    /**
     * Incremented whenever a built-in value changes, or the same scenario and seed give another digest. A new setting without effect at
     * its default does not change it.
     */
    public static final int VERSION = 3;

    private ModelVersion() {}
}
