package dev.kilonode.node.config;

/** A number of bytes, 0 or more; written {@code 4MiB} or {@code 50MB} in a scenario. */
public record Bytes(long count) {
    public Bytes {
        if (count < 0) throw new IllegalArgumentException("got " + count + " bytes, expected 0 or more");
    }
}
