package dev.kilonode.architecture.violation.files;

import dev.kilonode.architecture.violation.clock.ReadsTheClock;
import java.nio.file.Path;

/** Breaks a rule, so that a test may see it found; and is one half of a cycle. */
public final class OpensFiles {

    private OpensFiles() {}

    public static Object now() {
        return Path.of(Long.toString(ReadsTheClock.now()));
    }
}
