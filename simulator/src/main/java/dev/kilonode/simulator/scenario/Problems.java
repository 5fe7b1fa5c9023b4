package dev.kilonode.simulator.scenario;

import java.util.ArrayList;
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
        if (!found.isEmpty()) throw new ScenarioException(found);
    }
}
