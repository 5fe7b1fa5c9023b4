package dev.kilonode.simulator.cli;

/** The least verdict that ends with exit code 1. */
public enum FailOn {
    /** A failed check; too little data ends with exit code 3. */
    FAIL,
    /** Also too little data. */
    INCONCLUSIVE,
    /** Also a check of severity warn that does not hold. */
    WARN
}
