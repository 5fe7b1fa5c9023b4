package dev.kilonode.simulator.scenario;

/**
 * The version of what a scenario means: which network its settings give. Runs of different versions are not compared, as their numbers may
 * differ although nothing of the network under test has changed.
 */
public final class ModelVersion {

    /**
     * One more whenever a built-in value changes, or the same scenario and seed give another digest. A setting that is new, and at its
     * default changes nothing, needs none.
     */
    public static final int VERSION = 1;

    private ModelVersion() {}
}
