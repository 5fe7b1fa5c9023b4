package dev.kilonode.node.config;

/** Bytes (not bits) per second, more than 0; written {@code 1Gbps} or {@code 2MB/s} in a scenario. */
public record Bandwidth(double bytesPerSecond) {
    public Bandwidth {
        if (!(bytesPerSecond > 0)) {
            throw new IllegalArgumentException("got " + bytesPerSecond + " bytes per second, expected more than 0");
        }
    }
}
