package dev.kilonode.node.config;

/** A share in [0, 1]; written {@code 5%} in a scenario. */
public record Ratio(double value) {
    public Ratio {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("got " + value + ", expected a ratio in [0, 1]; write 5% for 0.05");
        }
    }
}
