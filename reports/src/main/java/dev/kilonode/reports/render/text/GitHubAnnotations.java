package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Failed checks as GitHub workflow commands, which GitHub shows as annotations of the job.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions">GitHub: Workflow commands</a>
 */
public final class GitHubAnnotations {

    /** GitHub shows at most ten per step; five leave room for others. */
    public static final int MOST = 5;

    private GitHubAnnotations() {}

    /** At most {@link #MOST} lines, for the first failed checks. */
    public static List<String> of(List<CheckResult> checks) {
        return checks.stream()
                .filter(check -> check.status() == Status.FAIL)
                .limit(MOST)
                .map(check -> error("Check " + check.id() + " failed", CheckText.found(check)))
                .toList();
    }

    /** One for each of the first {@link #MOST} messages, all with the same title. */
    public static List<String> of(String title, List<String> messages) {
        var lines = new ArrayList<String>();
        messages.stream().limit(MOST).forEach(message -> lines.add(error(title, message)));
        return lines;
    }

    private static String error(String title, String message) {
        return "::error title="
                + data(CheckText.plain(title)).replace(":", "%3A").replace(",", "%2C") + "::" + data(cut(message));
    }

    private static String cut(String message) {
        String plain = PlainText.lines(message);
        return plain.length() > 1_000 ? plain.substring(0, 1_000) + "…" : plain;
    }

    private static String data(String raw) {
        return raw.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
