package dev.kilonode.node.identity;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A point of the 256-bit key space: the id of a peer (the hash of its public key) or the address of a chunk. Stored as four big-endian
 * words, because lookups spend most of their time on comparing distances.
 */
public final class PeerId implements Comparable<PeerId> {

    /** Length on the wire, in bytes. */
    public static final int BYTES = 32;

    private final long w0;
    private final long w1;
    private final long w2;
    private final long w3;

    public PeerId(long w0, long w1, long w2, long w3) {
        this.w0 = w0;
        this.w1 = w1;
        this.w2 = w2;
        this.w3 = w3;
    }

    /** Reads an id from the next 32 bytes of {@code in}, big-endian. */
    public static PeerId read(ByteBuffer in) {
        return new PeerId(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /**
     * Creates an id from its bytes.
     *
     * @param bytes 32 bytes, big-endian
     * @throws IllegalArgumentException if the length is not 32
     */
    public static PeerId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("peer id: got " + bytes.length + " bytes, expected " + BYTES);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** Draws a uniformly random id. */
    public static PeerId random(RandomGenerator random) {
        return new PeerId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /**
     * Draws a random id that shares exactly {@code bits} leading bits with this one.
     *
     * @param bits 0 to 255
     */
    public PeerId randomWithSharedPrefix(int bits, RandomGenerator random) {
        long[] own = {w0, w1, w2, w3};
        long[] drawn = {random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()};
        for (int word = 0; word < 4; word++) {
            int kept = Math.max(0, Math.min(64, bits - 64 * word));
            long mask = kept == 0 ? 0 : -1L << (64 - kept);
            drawn[word] = (own[word] & mask) | (drawn[word] & ~mask);
        }
        long differing = 1L << (63 - bits % 64);
        drawn[bits / 64] = (drawn[bits / 64] & ~differing) | (~own[bits / 64] & differing);
        return new PeerId(drawn[0], drawn[1], drawn[2], drawn[3]);
    }

    public void write(ByteBuffer out) {
        out.putLong(w0).putLong(w1).putLong(w2).putLong(w3);
    }

    /** Number of leading bits that this id and {@code other} share: 0 to 255, or 256 when they are equal. */
    public int sharedPrefix(PeerId other) {
        if (w0 != other.w0) return Long.numberOfLeadingZeros(w0 ^ other.w0);
        if (w1 != other.w1) return 64 + Long.numberOfLeadingZeros(w1 ^ other.w1);
        if (w2 != other.w2) return 128 + Long.numberOfLeadingZeros(w2 ^ other.w2);
        return 192 + Long.numberOfLeadingZeros(w3 ^ other.w3);
    }

    /** The most significant 64 bits of the XOR distance to {@code other}; compare them unsigned. */
    public long distancePrefix(PeerId other) {
        return w0 ^ other.w0;
    }

    /** Compares {@code a} and {@code b} by XOR distance to this id; negative when {@code a} is closer. */
    public int compareDistance(PeerId a, PeerId b) {
        int order = Long.compareUnsigned(w0 ^ a.w0, w0 ^ b.w0);
        if (order != 0) return order;
        order = Long.compareUnsigned(w1 ^ a.w1, w1 ^ b.w1);
        if (order != 0) return order;
        order = Long.compareUnsigned(w2 ^ a.w2, w2 ^ b.w2);
        return order != 0 ? order : Long.compareUnsigned(w3 ^ a.w3, w3 ^ b.w3);
    }

    @Override
    public int compareTo(PeerId other) {
        int order = Long.compareUnsigned(w0, other.w0);
        if (order != 0) return order;
        order = Long.compareUnsigned(w1, other.w1);
        if (order != 0) return order;
        order = Long.compareUnsigned(w2, other.w2);
        return order != 0 ? order : Long.compareUnsigned(w3, other.w3);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PeerId other && w0 == other.w0 && w1 == other.w1 && w2 == other.w2 && w3 == other.w3;
    }

    @Override
    public int hashCode() {
        return (int) (w0 >>> 32) ^ (int) w0;
    }

    /** The first 8 hexadecimal digits, which suffice to distinguish peers in a report. */
    public String shortHex() {
        return String.format("%08x", w0 >>> 32);
    }

    @Override
    public String toString() {
        return String.format("%016x%016x%016x%016x", w0, w1, w2, w3);
    }
}
