package dev.kilonode.simulator.cli;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.simulator.scenario.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The least verdict that ends with exit code 1. */
public enum FailOn {
    /** A failed check; too little data ends with exit code 3. */
    FAIL,
    /** Also too little data. */
    INCONCLUSIVE,
    /** Also a check of severity warn that does not hold, or that has too little data. */
    WARN;

    /** What a run comes to for whoever chose so. */
    RunVerdict applied(RunVerdict verdict, List<CheckResult> checks) {
        boolean fails = switch (verdict.result()) {
            case FAIL -> false;
            case INCONCLUSIVE -> this != FAIL;
            case PASS ->
                this == WARN
                        && checks.stream()
                                .anyMatch(check -> check.severity().equals("warn") && check.status() != Status.PASS);
        };
        return fails ? verdict.failedBy("--fail-on " + name().toLowerCase(Locale.ROOT)) : verdict;
    }

    /** @throws UsageException with what to write */
    static FailOn of(String source, String text) {
        List<String> choices = Arrays.stream(values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        if (choices.contains(text)) return valueOf(text.toUpperCase(Locale.ROOT));
        throw new UsageException(source + ": got \"" + text + "\", expected one of " + String.join(", ", choices)
                + NearMiss.hint(text, choices));
    }
}
