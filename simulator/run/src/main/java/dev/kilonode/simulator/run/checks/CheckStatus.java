package dev.kilonode.simulator.run.checks;

import java.util.Locale;

/** How a check ended, or how it stands. */
public enum CheckStatus {
    PASS,
    FAIL,
    /** It does not hold, and its severity only warns. */
    WARN,
    /** It does not hold, and its severity only says so. */
    INFO,
    /** Too little data to say. */
    INCONCLUSIVE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a check of severity {@code fail}, {@code warn} or {@code info} comes to when it does not hold. */
    static CheckStatus violated(String severity) {
        return severity.equals("fail") ? FAIL : severity.equals("warn") ? WARN : INFO;
    }
}
