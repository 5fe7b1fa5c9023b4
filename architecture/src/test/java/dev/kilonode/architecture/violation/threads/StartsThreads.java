package dev.kilonode.architecture.violation.threads;

/** Breaks a rule, so that a test may see it found. */
public final class StartsThreads {

    private StartsThreads() {}

    static void start() {
        new Thread(() -> {}).start();
    }
}
