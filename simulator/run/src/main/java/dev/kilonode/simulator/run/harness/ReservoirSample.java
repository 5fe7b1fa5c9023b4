package dev.kilonode.simulator.run.harness;

import dev.kilonode.simulator.kernel.engine.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A uniform sample of items whose number is not known in advance: every item offered so far is in the sample with the same probability
 * (Vitter's algorithm R).
 */
final class ReservoirSample<T> {

    private record Kept<T>(long number, T item) {}

    private final int capacity;
    private final RandomStream random;
    private final List<Kept<T>> kept = new ArrayList<>();
    private long offered;

    ReservoirSample(int capacity, RandomStream random) {
        this.capacity = capacity;
        this.random = random;
    }

    /**
     * Offers the next item.
     *
     * @return the position for {@link #keep}, or -1 if the item is not selected and need not be created
     */
    int place() {
        long number = offered++;
        if (number < capacity) return (int) number;
        long place = random.nextLong(offered);
        return place < capacity ? (int) place : -1;
    }

    /** Stores the item offered last at {@code place}, in place of the item there, if any. */
    void keep(int place, T item) {
        Kept<T> one = new Kept<>(offered, item);
        if (place == kept.size()) kept.add(one);
        else kept.set(place, one);
    }

    long offered() {
        return offered;
    }

    /** The sampled items, in the order in which they were offered. */
    List<T> items() {
        return kept.stream()
                .sorted(Comparator.comparingLong(Kept::number))
                .map(Kept::item)
                .toList();
    }
}
