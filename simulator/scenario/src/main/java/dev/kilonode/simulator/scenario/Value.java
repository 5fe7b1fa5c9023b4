package dev.kilonode.simulator.scenario;

/** An untyped value of a scenario file, with its origin. */
sealed interface Value permits Section, Items, Scalar {
    Origin origin();

    /** Describes the value in an error message. */
    String describe();
}
