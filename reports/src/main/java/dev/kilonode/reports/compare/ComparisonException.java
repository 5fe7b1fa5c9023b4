package dev.kilonode.reports.compare;

/** Runs that cannot be compared, or are none; the message says why and what to do. */
public final class ComparisonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ComparisonException(String message) {
        super(message);
    }
}
