package dev.kilonode.node.link.provider;

/**
 * What a link costs, as measured on small runs; estimates of {@code kilonode plan} use it.
 *
 * @param heapBytes heap for both ends of a connection
 * @param nativeBytes memory outside the heap for both ends of a connection
 * @param microsPerMessage processor time for a message at both ends, without its signature, in microseconds
 */
public record LinkCost(int heapBytes, int nativeBytes, int microsPerMessage) {

    /** For a link that has not been measured: the values of the built-in {@code tcp}. */
    public static final LinkCost UNKNOWN = new LinkCost(3_700, 4_300, 60);
}
