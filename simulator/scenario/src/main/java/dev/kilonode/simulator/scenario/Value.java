package dev.kilonode.simulator.scenario;

/** A value of a scenario file before it has a type, with the place it comes from. */
sealed interface Value permits Section, Items, Scalar {
    Origin origin();

    /** What it is, in words for an error message. */
    String describe();
}
