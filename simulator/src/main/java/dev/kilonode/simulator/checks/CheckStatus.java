package dev.kilonode.simulator.checks;

/** How a check ended. */
public enum CheckStatus {
    PASS,
    FAIL,
    /** It does not hold, and its severity only warns. */
    WARN,
    /** Too little data to say. */
    INCONCLUSIVE;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
