package dev.kilonode.simulator.scenario;

import java.time.Duration;
import java.util.Collection;

/** Adds a problem with the place of the value it is about, when something does not hold. */
final class Rules {
    private final MergedValues values;
    private final Problems problems;

    Rules(MergedValues values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void add(String path, String message) {
        problems.add(values.originOf(path), path, message);
    }

    void must(boolean holds, String path, String message) {
        if (!holds) add(path, message);
    }

    void atLeastOne(int value, String path) {
        must(value >= 1, path, "got " + value + ", expected 1 or more; write 1");
    }

    void positive(Duration value, String path) {
        must(!value.isZero(), path, "got 0s, expected more than 0; write 1s");
    }

    void oneOf(String value, Collection<String> choices, String path) {
        if (choices.contains(value)) return;
        String close = NearMiss.of(value, choices);
        add(
                path,
                "got \"" + value + "\", expected one of " + String.join(", ", choices) + "; write "
                        + (close == null ? choices.iterator().next() : close));
    }
}
