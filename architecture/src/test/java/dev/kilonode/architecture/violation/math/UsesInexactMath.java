package dev.kilonode.architecture.violation.math;

/** Breaks a rule, so that a test may see it found. */
public final class UsesInexactMath {

    private UsesInexactMath() {}

    static double of(double x) {
        return Math.exp(x);
    }
}
