package dev.kilonode.reports.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run comes to: the one object from which the exit code, the last line, {@code summary.json}, {@code junit.xml}, {@code summary.md}
 * and the page speak. It is stored in {@code summary.json}.
 *
 * @param result   pass, fail or inconclusive
 * @param exitCode of the command: 0, 1 or 3, or that of what ended it otherwise
 * @param reasons  why, each in a sentence without a full stop: the root reason first, then what follows from it; not empty
 */
public record RunVerdict(Summary.Verdict result, int exitCode, List<String> reasons) {

    /** @throws IllegalArgumentException without a reason */
    public RunVerdict {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("got a verdict without a reason, expected one");
        }
    }

    /** With the exit code that belongs to the result. */
    public static RunVerdict of(Summary.Verdict result, List<String> reasons) {
        return new RunVerdict(result, exitCode(result), reasons);
    }

    /** One that nothing but {@code reason} decides. */
    public static RunVerdict inconclusive(String reason) {
        return of(Summary.Verdict.INCONCLUSIVE, List.of(reason));
    }

    /** All reasons in one sentence. */
    public String words() {
        return String.join("; ", reasons);
    }

    /** The same where the command ends with another exit code, because it was interrupted say. */
    public RunVerdict endingWith(int code) {
        return new RunVerdict(result, code, reasons);
    }

    /** The same run, failed because the user chose so; {@code choice} is what he wrote. */
    public RunVerdict failedBy(String choice) {
        List<String> said = new ArrayList<>(reasons);
        int last = said.size() - 1;
        said.set(last, said.get(last) + " (" + choice + ")");
        return of(Summary.Verdict.FAIL, said);
    }

    private static int exitCode(Summary.Verdict result) {
        return switch (result) {
            case PASS -> 0;
            case FAIL -> 1;
            case INCONCLUSIVE -> 3;
        };
    }
}
