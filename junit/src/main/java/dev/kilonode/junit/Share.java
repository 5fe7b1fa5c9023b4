package dev.kilonode.junit;

/** How a share is written. */
public enum Share {
    /** {@code 5, PERCENT}. */
    PERCENT(0.01),
    /** {@code 0.05, RATIO}. */
    RATIO(1);

    private final double factor;

    Share(double factor) {
        this.factor = factor;
    }

    double ratio(double amount) {
        return amount * factor;
    }
}
