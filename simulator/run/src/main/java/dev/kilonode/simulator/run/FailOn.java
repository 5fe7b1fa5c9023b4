package dev.kilonode.simulator.run;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.RunVerdict;
import java.util.List;
import java.util.Locale;

/** The mildest verdict that leads to exit code 1. */
public enum FailOn {
    /** A failed check; too little data leads to exit code 3. */
    FAIL,
    /** Also too little data. */
    INCONCLUSIVE,
    /** Also a check of severity warn that does not hold, or that has too little data. */
    WARN;

    /** The verdict under this setting. */
    public RunVerdict applied(RunVerdict verdict, List<CheckResult> checks) {
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
}
