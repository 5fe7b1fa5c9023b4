package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.run.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a check as text: the same on the terminal, in JUnit XML and in annotations. */
public final class CheckText {

    private static final int MOST_CHARS = 200;

    private CheckText() {}

    /** {@code upload.latency p95 was 11.7 min, limit <= 10 min, worst at 32 h: late uploads stay fast}. */
    public static String found(CheckResult check) {
        return value(check) + after(check);
    }

    /** {@code upload.latency p95 was 11.7 min, limit <= 10 min, worst at 32 h}. */
    public static String value(CheckResult check) {
        return Format.measured(check) + " was " + Format.actual(check) + ", limit " + limit(check) + worst(check);
    }

    /** A table with one line per check. Passed checks are listed without their reason. Control characters are removed. */
    public static List<String> table(List<CheckResult> checks) {
        int id = checks.stream().mapToInt(c -> plain(c.id()).length()).max().orElse(0);
        int actual =
                checks.stream().mapToInt(c -> Format.actual(c).length()).max().orElse(0);
        var lines = new ArrayList<String>();
        for (CheckResult check : checks) {
            boolean passed = check.status() == CheckResult.Status.PASS;
            String word = passed ? "pass" : check.status().name();
            lines.add(String.format(
                            Locale.ROOT,
                            "  %-12s  %-" + Math.max(1, id) + "s  %" + Math.max(1, actual) + "s  (%s %s)%s",
                            word,
                            plain(check.id()),
                            Format.actual(check),
                            check.stat(),
                            limit(check),
                            passed ? "" : worst(check) + plain(after(check)))
                    .stripTrailing());
        }
        return lines;
    }

    /** The explanation after the numbers: {@code : late uploads stay fast}; empty if there is none. */
    private static String after(CheckResult check) {
        String explanation = Format.explanation(check);
        return explanation.isEmpty() ? "" : ": " + explanation;
    }

    private static String limit(CheckResult check) {
        return check.op() + " " + Format.limit(check);
    }

    private static String worst(CheckResult check) {
        Long worst = check.worstAtMs();
        return worst == null || check.op().startsWith(">") ? "" : ", worst at " + Format.time(worst);
    }

    /** One line without control characters and direction overrides. */
    static String plain(String raw) {
        return PlainText.line(raw, MOST_CHARS);
    }
}
