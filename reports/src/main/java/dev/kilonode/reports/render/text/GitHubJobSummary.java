package dev.kilonode.reports.render.text;

import dev.kilonode.reports.run.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** GitHub's job summary: a file of markdown that steps add to. GitHub refuses it as a whole from 1 MiB on. */
public final class GitHubJobSummary {

    /** Where ours ends, in bytes. */
    public static final int MOST_BYTES = 900 * 1024;

    private static final byte[] CUT =
            "\n\n*Cut here: the whole is in summary.md of the results.*\n".getBytes(StandardCharsets.UTF_8);

    private GitHubJobSummary() {}

    /**
     * Adds to the file as much as fits below {@link #MOST_BYTES} together with what is there, whole lines only; says so where it
     * had to cut.
     *
     * @param file from {@code GITHUB_STEP_SUMMARY}
     */
    public static void append(Path file, String markdown) throws IOException {
        long there = Files.exists(file) ? Files.size(file) : 0;
        byte[] bytes = (there > 0 ? "\n" + markdown : markdown).getBytes(StandardCharsets.UTF_8);
        long room = MOST_BYTES - there;
        if (bytes.length > room) {
            int end = (int) Math.max(0, room - CUT.length);
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            if (end == 0) {
                return; // no room for a line: others have filled it
            }
            byte[] cut = java.util.Arrays.copyOf(bytes, end + CUT.length);
            System.arraycopy(CUT, 0, cut, end, CUT.length);
            bytes = cut;
        }
        OutputFile.append(file, bytes);
    }
}
