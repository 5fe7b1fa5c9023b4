package dev.kilonode.simulator.cli;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.RunResult;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended, in one line. Of a run it is made of the run's {@code RunVerdict}.
 *
 * @param words what came of it, or what is wrong and what to write instead
 * @param report where there is more to read; null: nowhere
 */
public record CommandResult(
        ExitCode exit, String words, @Nullable Path report) {

    private static final int MOST_CHARS = 399;

    /** However long the path is, so much is left for words. */
    private static final int FEWEST_WORDS = 80;

    /** Of a run. */
    static CommandResult of(RunResult run) {
        return new CommandResult(run.exit(), run.words(), run.report());
    }

    CommandResult(ExitCode exit, String words) {
        this(exit, words, null);
    }

    /**
     * {@code kilonode: FAIL (exit 1): 2 of 9 checks failed: results/.../report.html}, of less than 400 characters: words give way to the
     * path. Of a path that leaves no room for words only the end is there.
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

    /** Whether {@link #line} has only the end of the path. */
    boolean cutsReport() {
        return report != null && !line().endsWith(PlainText.line(report.toString(), Integer.MAX_VALUE));
    }
}
