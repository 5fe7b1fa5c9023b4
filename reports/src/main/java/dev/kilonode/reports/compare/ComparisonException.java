package dev.kilonode.reports.compare;

/** Thrown for runs that cannot be compared or found. The message says why and what to do. */
public final class ComparisonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ComparisonException(String message) {
        super(message);
    }
}
