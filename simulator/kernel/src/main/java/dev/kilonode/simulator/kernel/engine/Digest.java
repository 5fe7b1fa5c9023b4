package dev.kilonode.simulator.kernel.engine;

/** A running 128-bit summary of a sequence of numbers: equal sequences give equal digests on every machine. Not cryptographic. */
public final class Digest {

    private static final long ODD_1 = 0x9E3779B97F4A7C15L;
    private static final long ODD_2 = 0xC2B2AE3D27D4EB4FL;

    private long high = 0x6A09E667F3BCC908L;
    private long low = 0xBB67AE8584CAA73BL;

    /** Adds one number; the order matters. */
    public void mix(long value) {
        high = (high ^ value) * ODD_1;
        high ^= high >>> 32;
        low = Long.rotateLeft(low + value * ODD_2, 31) * ODD_1 + high;
    }

    /** Adds the present state of {@code other}. */
    public void mix(Digest other) {
        mix(other.high);
        mix(other.low);
    }

    /** The digest as 32 hexadecimal digits. It can be read at any time; later numbers change it. */
    public String hex() {
        long a = RandomStream.scramble(high + Long.rotateLeft(low, 17));
        long b = RandomStream.scramble(low ^ a);
        return String.format("%016x%016x", a, b);
    }
}
