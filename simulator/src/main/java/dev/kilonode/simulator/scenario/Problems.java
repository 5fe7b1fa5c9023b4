package dev.kilonode.simulator.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that an author sees several at once; stops counting at {@value #CAP}. */
final class Problems {
    static final int CAP = 20;
    private final List<Problem> found = new ArrayList<>();

    void add(Origin at, String path, String message) {
        Problem problem = new Problem(at, path, message);
        if (found.size() < CAP && !found.contains(problem)) found.add(problem);
    }

    boolean none() {
        return found.isEmpty();
    }

    /** @throws ScenarioException if anything was found */
    void throwIfAny() {
        if (found.isEmpty()) return;
        // in the order of the text, as an author reads it; files in the order in which they came up
        List<String> sources =
                found.stream().map(problem -> problem.at().source()).distinct().toList();
        found.sort(Comparator.comparingInt(
                        (Problem problem) -> sources.indexOf(problem.at().source()))
                .thenComparingInt(problem -> problem.at().line())
                .thenComparingInt(problem -> problem.at().column()));
        throw new ScenarioException(found);
    }
}
