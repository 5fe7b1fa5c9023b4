package dev.kilonode.simulator.cli;

/** How a command ended, in one line. Of a run it is made of the run's {@code RunVerdict}. */
public record Verdict(ExitCode exit, String words) {
    /** {@code kilonode: FAIL (exit 1): 2 of 9 checks failed: results/.../report.html}. */
    String line() {
        String oneLine = words.lines().findFirst().orElse("");
        return "kilonode: " + exit + " (exit " + exit.number() + "): " + oneLine;
    }
}
