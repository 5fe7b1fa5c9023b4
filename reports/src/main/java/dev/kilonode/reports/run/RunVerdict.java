package dev.kilonode.reports.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The verdict on a run. Exit code, last line, {@code summary.json}, {@code junit.xml}, {@code summary.md} and the HTML page are all derived
 * from it. It is stored in {@code summary.json}.
 *
 * @param result pass, fail or inconclusive
 * @param exitCode exit code of the command: 0, 1 or 3, or the code of whatever ended it otherwise
 * @param reasons the reasons, each a sentence without a full stop: the root cause first, then its consequences; not empty
 */
public record RunVerdict(Summary.Verdict result, int exitCode, List<String> reasons) {

    /** @throws IllegalArgumentException without a reason */
    public RunVerdict {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("got a verdict without a reason, expected one");
        }
    }

    /** A verdict with the exit code of its result. */
    public static RunVerdict of(Summary.Verdict result, List<String> reasons) {
        return new RunVerdict(result, exitCode(result), reasons);
    }

    /** An inconclusive verdict with a single reason. */
    public static RunVerdict inconclusive(String reason) {
        return of(Summary.Verdict.INCONCLUSIVE, List.of(reason));
    }

    /** All reasons in one sentence. */
    public String words() {
        return String.join("; ", reasons);
    }

    /** The same verdict with another exit code, such as after an interrupt. */
    public RunVerdict endingWith(int code) {
        return new RunVerdict(result, code, reasons);
    }

    /** The same run, failed because of the user's option {@code choice}, which is appended to the reasons. */
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
