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

/** What is said once a run or a suite has ended: the checks on the terminal, and what GitHub shows beside a job. */
final class RunSummaryPrinter {

    private RunSummaryPrinter() {}

    /** All that there is to say of a run; nothing of a folder that holds none. */
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

    /** Shows {@code lines} beside the job, where there is one. */
    static void annotate(List<String> lines, Console console) {
        if ("true".equals(console.environment().get("GITHUB_ACTIONS")))
            lines.forEach(PrintableStream.raw(console.err())::println);
    }

    /** Adds {@code markdown} to the job's summary, where there is one. That it cannot be is no reason to fail. */
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
