package dev.kilonode.simulator.kernel.engine;

/**
 * Derives the random streams of a run from the run's seed and the name of each stream. Streams of different names are independent, so
 * drawing more from one does not change another.
 *
 * @param seed the seed of the run, or of a part of it
 */
public record Seeds(long seed) {

    /** The stream called {@code name}, from its start. */
    public RandomStream stream(String name) {
        return new RandomStream(derive(name));
    }

    /** Seeds of the part called {@code name}. */
    public Seeds part(String name) {
        return new Seeds(derive(name));
    }

    private long derive(String name) {
        long hash = RandomStream.scramble(seed ^ 0x5851F42D4C957F2DL);
        for (int i = 0; i < name.length(); i++) {
            hash = RandomStream.scramble(hash * 0x9E3779B97F4A7C15L + name.charAt(i));
        }
        return RandomStream.scramble(hash + name.length());
    }
}
