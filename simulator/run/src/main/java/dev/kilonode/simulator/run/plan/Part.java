package dev.kilonode.simulator.run.plan;

import java.util.function.IntUnaryOperator;

/**
 * The part of a run that one process executes.
 *
 * @param number its number, from 0
 * @param parts the number of parts of the run
 * @param ownerOf the part that executes the host with a number
 */
public record Part(int number, int parts, IntUnaryOperator ownerOf) {

    /** A run in one process. */
    public static final Part WHOLE = new Part(0, 1, host -> 0);

    /** Whether this part executes the host with this number. */
    public boolean owns(int host) {
        return ownerOf.applyAsInt(host) == number;
    }

    /** Whether there is no other part. */
    public boolean isWhole() {
        return parts == 1;
    }

    /** A number that no other part gives, for what this part has given the number {@code own}. */
    public long unique(long own) {
        return own * parts + number;
    }
}
