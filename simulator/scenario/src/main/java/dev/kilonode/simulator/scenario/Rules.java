package dev.kilonode.simulator.scenario;

import java.util.Collection;
import java.util.function.Supplier;

/** Reports a problem or a warning, with the place of the value, if a condition does not hold. */
final class Rules {
    private final MergedValues values;
    private final Problems problems;
    private final Problems warnings;

    Rules(MergedValues values, Problems problems, Problems warnings) {
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
    }

    void add(String path, String message) {
        problems.add(values.originOf(path), path, message);
    }

    /** @param message computed only if it is shown */
    void add(String path, Supplier<String> message) {
        problems.add(values.originOf(path), path, message);
    }

    /** @param message computed only if it is shown */
    void must(boolean holds, String path, Supplier<String> message) {
        if (!holds) add(path, message);
    }

    void must(boolean holds, String path, String message) {
        if (!holds) add(path, message);
    }

    /** Adds a warning, about something that can run but is probably mistaken, unless {@code holds}. */
    void should(boolean holds, String path, String message) {
        if (holds) return;
        Origin origin = values.originOf(path);
        warnings.add(origin.isBuiltIn() ? values.root().origin() : origin, path, message);
    }

    /** A key of a list's item that means nothing there: told of only where it says something else than the built-in layer. */
    void unused(String path, String message) {
        String text = values.textOf(path);
        if (text == null
                || Placeholder.usual(path) instanceof Scalar usual
                        && usual.text().equals(text)) return;
        should(false, path, "got " + text + message);
    }

    void oneOf(String value, Collection<String> choices, String path) {
        if (choices.contains(value)) return;
        String close = Suggestions.of(value, choices);
        add(
                path,
                "got \"" + value + "\", expected one of " + Suggestions.listed(choices) + "; write "
                        + (close == null ? choices.iterator().next() : close));
    }
}
