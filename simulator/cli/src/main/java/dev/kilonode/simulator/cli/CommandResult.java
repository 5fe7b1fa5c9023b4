package dev.kilonode.simulator.cli;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.RunResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Result of a command, in one line. For a run it is made from the run's {@code RunVerdict}.
 *
 * @param words the result, or what is wrong and what to write instead
 * @param report file with details; null if there is none
 */
public record CommandResult(
        ExitCode exit, String words, @Nullable Path report) {

    private static final int MOST_CHARS = 399;

    /** Characters reserved for words, however long the path is. */
    private static final int FEWEST_WORDS = 80;

    /** The result of a run. */
    static CommandResult of(RunResult run) {
        return new CommandResult(run.exit(), run.words(), run.report());
    }

    CommandResult(ExitCode exit, String words) {
        this(exit, words, null);
    }

    /**
     * Formats the last line, of less than 400 characters: {@code kilonode: FAIL (exit 1): 2 of 9 checks failed: results/.../report.html}.
     * If it is too long, the words are shortened; if the path leaves too little room for words, only its end is shown.
     */
    String line() {
        String head = "kilonode: " + exit + " (exit " + exit.number() + "): ";
        int room = MOST_CHARS - head.length();
        if (report == null) return head + PlainText.middle(words, room);
        String path = PlainText.line(report.toString(), Integer.MAX_VALUE);
        int most = room - ": ".length() - FEWEST_WORDS;
        if (path.length() > most) path = "…" + path.substring(path.length() - most + 1);
        return head + PlainText.middle(words, room - ": ".length() - path.length()) + ": " + path;
    }

    /** Whether {@link #line} shows only the end of the path. */
    boolean cutsReport() {
        return report != null && !line().endsWith(PlainText.line(report.toString(), Integer.MAX_VALUE));
    }
}
