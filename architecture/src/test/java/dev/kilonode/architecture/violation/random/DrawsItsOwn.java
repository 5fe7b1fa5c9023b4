package dev.kilonode.architecture.violation.random;

import java.util.Random;

/** Breaks a rule, so that a test may see it found. */
public final class DrawsItsOwn {

    private DrawsItsOwn() {}

    static int draw() {
        return new Random(7).nextInt();
    }
}
