package dev.kilonode.node.observe;

import java.util.Locale;

/** The outcome of an audit of a neighbour. */
public enum AuditOutcome {
    /** The neighbour proved that it holds every requested chunk. */
    PASSED,
    /** The neighbour lacks a requested chunk, or its proof is wrong. */
    FAILED,
    UNANSWERED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
