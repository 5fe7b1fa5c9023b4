package dev.kilonode.simulator.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void streamsOfOneSeedAreRepeatableAndDifferByName() {
        Seeds seeds = new Seeds(42);
        assertThat(seeds.stream("a").nextLong()).isEqualTo(seeds.stream("a").nextLong());
        assertThat(seeds.stream("a").nextLong()).isNotEqualTo(seeds.stream("b").nextLong());
        assertThat(seeds.stream("a").nextLong())
                .isNotEqualTo(new Seeds(43).stream("a").nextLong());
        assertThat(seeds.part("x").stream("a").nextLong())
                .isNotEqualTo(seeds.stream("a").nextLong());
    }

    @Test
    void theNumbersAreThoseOfSplitMix64() {
        // published test vector for seed 1234567
        RandomStream stream = new RandomStream(1_234_567);
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("3203168211198807973");
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("9817491932198370423");
    }

    @Test
    void exponentialDrawsHaveMeanAndVarianceOne() {
        RandomStream stream = new RandomStream(1);
        int draws = 1_000_000;
        double sum = 0;
        double squares = 0;
        int beyondThree = 0;
        for (int i = 0; i < draws; i++) {
            double x = stream.nextExponential();
            assertThat(x).isNotNegative();
            sum += x;
            squares += x * x;
            if (x > 3) beyondThree++;
        }
        double mean = sum / draws;
        assertThat(mean).isCloseTo(1, within(0.005));
        assertThat(squares / draws - mean * mean).isCloseTo(1, within(0.02));
        assertThat((double) beyondThree / draws).isCloseTo(StrictMath.exp(-3), within(0.001));
    }

    @Test
    void boundedDrawsStayInBoundsAndReachThem() {
        RandomStream stream = new RandomStream(2);
        int[] seen = new int[5];
        for (int i = 0; i < 10_000; i++) seen[stream.nextInt(5)]++;
        for (int count : seen) assertThat(count).isBetween(1_850, 2_150);
        for (int i = 0; i < 1_000; i++) {
            assertThat(stream.nextLong(-5, 3)).isBetween(-5L, 2L);
            assertThat(stream.nextLong(Long.MAX_VALUE)).isNotNegative();
        }
    }

    @Test
    void theDigestDependsOnEveryNumberAndTheirOrder() {
        assertThat(digest(1, 2, 3)).isEqualTo(digest(1, 2, 3));
        assertThat(digest(1, 2, 3))
                .isNotEqualTo(digest(2, 1, 3))
                .isNotEqualTo(digest(1, 2))
                .isNotEqualTo(digest(1, 2, 3, 0))
                .hasSize(32);
    }

    private static String digest(long... values) {
        Digest digest = new Digest();
        for (long value : values) digest.mix(value);
        return digest.hex();
    }
}
