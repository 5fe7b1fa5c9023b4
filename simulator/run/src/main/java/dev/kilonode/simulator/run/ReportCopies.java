package dev.kilonode.simulator.run;

import dev.kilonode.reports.render.text.JunitXml;
import dev.kilonode.reports.render.text.Markdown;
import dev.kilonode.reports.run.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Copies of two result files that a CI job collects.
 *
 * @param junit {@code --junit}; null if not requested
 * @param summaryMd {@code --summary-md}; null if not requested
 */
public record ReportCopies(@Nullable Path junit, @Nullable Path summaryMd) {

    /** No copies. */
    public static final ReportCopies NONE = new ReportCopies(null, null);

    private interface Writer {
        void write(Path file, String text) throws IOException;
    }

    /** @throws EnvironmentException if a copy cannot be written */
    public void write(Path junitXml, Path markdown) throws IOException {
        copy("--junit", junitXml, junit, OutputFile::write);
        copy("--summary-md", markdown, summaryMd, OutputFile::write);
    }

    /** As {@link #write}, before the end of the run: pipes and devices get the last copy only. */
    public void draft(Path junitXml, Path markdown) throws IOException {
        copy("--junit", junitXml, junit, OutputFile::draft);
        copy("--summary-md", markdown, summaryMd, OutputFile::draft);
    }

    /** Writes an error into both, so that files of an earlier run are not taken for this run's. */
    public void failed(String name, String words) {
        write("--junit", JunitXml.error(name, words), junit, OutputFile::write);
        write("--summary-md", Markdown.error(name, words), summaryMd, OutputFile::write);
    }

    private static void copy(String flag, Path from, @Nullable Path to, Writer writer) throws IOException {
        if (to != null) write(flag, Files.readString(from), to, writer);
    }

    private static void write(String flag, String text, @Nullable Path to, Writer writer) {
        if (to == null) return;
        try {
            writer.write(to, text);
        } catch (IOException e) {
            throw new EnvironmentException(flag + ": " + EnvironmentFailure.words(e));
        }
    }
}
