package dev.kilonode.reports.render.text;

import dev.kilonode.reports.run.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** GitHub's job summary: a markdown file that steps append to. GitHub rejects files of 1 MiB or more. */
public final class GitHubJobSummary {

    /** Size limit for our part, in bytes. */
    public static final int MOST_BYTES = 900 * 1024;

    private static final byte[] CUT =
            "\n\n*Truncated: summary.md in the results is complete.*\n".getBytes(StandardCharsets.UTF_8);

    private GitHubJobSummary() {}

    /**
     * Appends whole lines up to a total of {@link #MOST_BYTES}; a note says if something was cut.
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
                return; // no room for a single line
            }
            byte[] cut = java.util.Arrays.copyOf(bytes, end + CUT.length);
            System.arraycopy(CUT, 0, cut, end, CUT.length);
            bytes = cut;
        }
        OutputFile.append(file, bytes);
    }
}
