package dev.kilonode.simulator.run.checks;

import java.util.Locale;

/** Status of a check, final or so far. */
public enum CheckStatus {
    PASS,
    FAIL,
    /** It does not hold, and its severity is warn. */
    WARN,
    /** It does not hold, and its severity is info. */
    INFO,
    /** Too little data to decide. */
    INCONCLUSIVE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Status of a check that does not hold, by severity {@code fail}, {@code warn} or {@code info}. */
    static CheckStatus violated(String severity) {
        return severity.equals("fail") ? FAIL : severity.equals("warn") ? WARN : INFO;
    }
}
