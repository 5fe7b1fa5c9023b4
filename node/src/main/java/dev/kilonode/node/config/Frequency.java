package dev.kilonode.node.config;

/** How often something happens, 0 or more per second; written {@code 8/s}, {@code 30/min} or {@code 2/h} in a scenario. */
public record Frequency(double perSecond) {
    public Frequency {
        if (!(perSecond >= 0)) throw new IllegalArgumentException("got " + perSecond + "/s, expected 0/s or more");
    }
}
