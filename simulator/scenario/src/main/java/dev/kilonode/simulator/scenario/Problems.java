package dev.kilonode.simulator.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Collects problems, so that an author sees several at once. After the first {@value #CAP} it only counts them. */
final class Problems {
    static final int CAP = 20;
    private final List<Problem> found = new ArrayList<>();
    private int more;

    void add(Origin at, String path, String message) {
        add(at, path, () -> message);
    }

    /** @param message computed only if it is shown */
    void add(Origin at, String path, Supplier<String> message) {
        if (isFull()) {
            more++;
            return;
        }
        Problem problem = new Problem(at, path, message.get());
        if (!found.contains(problem)) found.add(problem);
    }

    void addAll(Collection<Problem> others) {
        for (Problem other : others) add(other.at(), other.path(), other.message());
    }

    boolean none() {
        return found.isEmpty();
    }

    /** Whether further problems are only counted. */
    boolean isFull() {
        return found.size() == CAP;
    }

    /** The problems in the order of the text; files in the order in which they were first reported. */
    List<Problem> inOrder() {
        List<String> sources =
                found.stream().map(problem -> problem.at().source()).distinct().toList();
        return found.stream()
                .sorted(Comparator.comparingInt((Problem problem) ->
                                sources.indexOf(problem.at().source()))
                        .thenComparingInt(problem -> problem.at().line())
                        .thenComparingInt(problem -> problem.at().column()))
                .toList();
    }

    /** @throws ScenarioException if any problem was found */
    void throwIfAny() {
        if (!found.isEmpty()) throw new ScenarioException(inOrder(), more);
    }
}
