package dev.kilonode.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario that cannot be run as written, with everything found wrong with it. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public ScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    static ScenarioException at(Origin at, String path, String message) {
        return new ScenarioException(List.of(new Problem(at, path, message)));
    }

    /** At least one, at most 20, in the order found. */
    public List<Problem> problems() {
        return problems;
    }
}
