package dev.kilonode.simulator.run.harness;

import dev.kilonode.simulator.kernel.engine.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A uniform sample of items whose number nobody knows beforehand: of all that were offered so far each is in it with the same chance
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

    /** Offers the next item. @return its place, to be given to {@link #keep}; -1: it is not wanted, and need not be made */
    int place() {
        long number = offered++;
        if (number < capacity) return (int) number;
        long place = random.nextLong(offered);
        return place < capacity ? (int) place : -1;
    }

    /** Keeps the item that was offered last in {@code place}, in place of another when there is one. */
    void keep(int place, T item) {
        Kept<T> one = new Kept<>(offered, item);
        if (place == kept.size()) kept.add(one);
        else kept.set(place, one);
    }

    long offered() {
        return offered;
    }

    /** The items kept, in the order in which they were offered. */
    List<T> items() {
        return kept.stream()
                .sorted(Comparator.comparingLong(Kept::number))
                .map(Kept::item)
                .toList();
    }
}
