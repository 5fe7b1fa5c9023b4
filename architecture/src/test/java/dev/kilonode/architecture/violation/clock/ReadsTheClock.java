package dev.kilonode.architecture.violation.clock;

import dev.kilonode.architecture.violation.files.OpensFiles;

/** Breaks a rule, so that a test may see it found; and is one half of a cycle. */
public final class ReadsTheClock {

    private ReadsTheClock() {}

    public static long now() {
        return System.nanoTime();
    }

    static String file() {
        return String.valueOf(OpensFiles.now());
    }
}
