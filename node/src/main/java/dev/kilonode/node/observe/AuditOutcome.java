package dev.kilonode.node.observe;

import java.util.Locale;

/** How an audit of a neighbour ended. */
public enum AuditOutcome {
    /** It proved that it holds every chunk asked for. */
    PASSED,
    /** It does not hold all of them, or its proof is wrong. */
    FAILED,
    UNANSWERED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
