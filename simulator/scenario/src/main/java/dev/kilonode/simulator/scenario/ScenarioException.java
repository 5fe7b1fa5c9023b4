package dev.kilonode.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario cannot be run as written; contains every problem found. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;
    private final int more;

    public ScenarioException(List<Problem> problems) {
        this(problems, 0);
    }

    /** @param more number of further problems that are not listed */
    ScenarioException(List<Problem> problems, int more) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n"))
                + (more == 0 ? "" : "\nand " + more + " more"));
        this.problems = List.copyOf(problems);
        this.more = more;
    }

    static ScenarioException at(Origin at, String path, String message) {
        return new ScenarioException(List.of(new Problem(at, path, message)));
    }

    /** At least one, at most 20, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** Number of problems found beyond {@link #problems}. */
    public int more() {
        return more;
    }
}
