package dev.kilonode.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario that cannot be run as written, with everything found wrong with it. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;
    private final int more;

    public ScenarioException(List<Problem> problems) {
        this(problems, 0);
    }

    /** @param more problems that were found besides and are not told */
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

    /** How many more were found than {@link #problems} tells of. */
    public int more() {
        return more;
    }
}
