package dev.kilonode.simulator.cli;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.simulator.harness.RunEnd;
import dev.kilonode.simulator.scenario.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The least verdict that ends with exit code 1. */
public enum FailOn {
    /** A failed check; too little data ends with exit code 3. */
    FAIL,
    /** Also too little data. */
    INCONCLUSIVE,
    /** Also a check of severity warn that does not hold, or that has too little data. */
    WARN;

    /** How a run that ended so ends the process. */
    ExitCode exit(RunEnd end) {
        return switch (end.verdict()) {
            case FAIL -> ExitCode.FAIL;
            case INCONCLUSIVE -> this == FAIL ? ExitCode.INCONCLUSIVE : ExitCode.FAIL;
            case PASS -> this == WARN && !unkept(end).isEmpty() ? ExitCode.FAIL : ExitCode.PASS;
        };
    }

    /** The reason of a run's end, and if only this choice makes it a failure, that too. */
    String words(RunEnd end) {
        boolean chosen = exit(end) == ExitCode.FAIL && end.verdict() != dev.kilonode.reports.run.Summary.Verdict.FAIL;
        return chosen ? end.reason() + " (--fail-on " + name().toLowerCase(Locale.ROOT) + ")" : end.reason();
    }

    private static String unkept(RunEnd end) {
        return end.checks().stream()
                .filter(check -> check.severity().equals("warn") && check.status() != Status.PASS)
                .map(CheckResult::id)
                .collect(Collectors.joining(", "));
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
