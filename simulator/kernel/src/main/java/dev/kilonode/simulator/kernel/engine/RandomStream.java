package dev.kilonode.simulator.kernel.engine;

import java.util.random.RandomGenerator;

/**
 * A random stream: SplitMix64. It implements every method that the node or the simulator draws by, because a JDK may change the defaults of
 * {@link RandomGenerator} and with them the digest of a run.
 */
public final class RandomStream implements RandomGenerator {

    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final int TABLE_BITS = 12;
    private static final double LN_2 = 0.6931471805599453;
    private static final double[] LOGARITHMS = logarithms();

    private long state;

    public RandomStream(long seed) {
        this.state = seed;
    }

    /** SplitMix64's finalizer: changing one bit of the argument changes half the bits of the result on average. */
    static long scramble(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        return scramble(state += STEP);
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    @Override
    public double nextDouble(double bound) {
        return nextDouble(0, bound);
    }

    @Override
    public double nextDouble(double origin, double bound) {
        if (!(origin < bound))
            throw new IllegalArgumentException("got [" + origin + ", " + bound + "), which is empty");
        double drawn = origin + nextDouble() * (bound - origin);
        return drawn < bound ? drawn : Math.nextDown(bound);
    }

    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return (int) nextLong(origin, bound);
    }

    /** Uniform in [0, bound): the high half of a product. Its bias is below bound / 2^64. */
    @Override
    public long nextLong(long bound) {
        if (bound <= 0) throw new IllegalArgumentException("got bound " + bound + ", expected more than 0");
        long drawn = nextLong();
        // multiplyHigh is signed: a negative factor is 2^64 too small
        return Math.multiplyHigh(drawn, bound) + (drawn < 0 ? bound : 0);
    }

    @Override
    public long nextLong(long origin, long bound) {
        return origin + nextLong(bound - origin);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; ) {
            long drawn = nextLong();
            for (int k = 0; k < 8 && i < bytes.length; k++, drawn >>>= 8) bytes[i++] = (byte) drawn;
        }
    }

    /**
     * Exponential with mean 1: minus the logarithm of a uniform number, from a table with linear interpolation (relative error of the
     * logarithm's argument below 1e-8). It is many times faster than {@link StrictMath#log} and equally reproducible.
     */
    @Override
    public double nextExponential() {
        long drawn = nextLong();
        // 52 bits of mantissa in [1, 2); the exponent is geometric: leading zeros of the bits of another draw
        long mantissa = drawn >>> 12;
        int index = (int) (mantissa >>> (52 - TABLE_BITS));
        double fraction = (mantissa & ((1L << (52 - TABLE_BITS)) - 1)) * (1.0 / (1L << (52 - TABLE_BITS)));
        double log = LOGARITHMS[index] + fraction * (LOGARITHMS[index + 1] - LOGARITHMS[index]);
        int halvings = 1 + Long.numberOfLeadingZeros(nextLong());
        return halvings * LN_2 - log;
    }

    /** Normal with mean 0 and standard deviation 1, by the polar method. */
    @Override
    public double nextGaussian() {
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        }
    }

    @Override
    public double nextGaussian(double mean, double deviation) {
        return mean + deviation * nextGaussian();
    }

    private static double[] logarithms() {
        int size = 1 << TABLE_BITS;
        double[] table = new double[size + 1];
        for (int i = 0; i <= size; i++) table[i] = StrictMath.log(1 + (double) i / size);
        return table;
    }
}
