package dev.kilonode.simulator.cli;

import dev.kilonode.reports.render.text.CheckText;
import dev.kilonode.reports.render.text.GitHubAnnotations;
import dev.kilonode.reports.render.text.GitHubJobSummary;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.run.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints the end of a run or a suite: the checks on the terminal, and the annotations and job summary of GitHub. */
final class RunSummaryPrinter {

    private RunSummaryPrinter() {}

    /** Prints everything about a run; nothing for a folder without one. */
    static void of(Path run, boolean quiet, Console console) throws IOException {
        if (!Files.exists(run.resolve("manifest.json"))) return;
        RunHead head = RunHead.read(run);
        Summary summary = head.summary();
        if (summary != null) {
            if (!quiet) CheckText.table(summary.checks()).forEach(console.err()::println);
            annotate(GitHubAnnotations.of(summary.checks()), console);
        }
        if (!quiet) console.err().println("  again: " + head.manifest().command());
        jobSummary(run.resolve("summary.md"), console);
    }

    /** Prints {@code lines} as annotations of a GitHub job, if this is one. */
    static void annotate(List<String> lines, Console console) {
        if ("true".equals(console.environment().get("GITHUB_ACTIONS")))
            lines.forEach(PrintableStream.raw(console.err())::println);
    }

    /** Appends {@code markdown} to the summary of a GitHub job, if this is one. A failure to do so does not fail the command. */
    static void jobSummary(Path markdown, Console console) throws IOException {
        String file = console.environment().getOrDefault("GITHUB_STEP_SUMMARY", "");
        if (file.isBlank() || !Files.exists(markdown)) return;
        try {
            GitHubJobSummary.append(Path.of(file), Files.readString(markdown));
        } catch (IOException e) {
            console.err().println("kilonode: cannot add to the job summary: " + EnvironmentFailure.words(e));
        }
    }
}
