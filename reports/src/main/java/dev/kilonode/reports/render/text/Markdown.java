package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import java.util.Comparator;
import java.util.List;

/** A run as markdown for a pull request or a job summary; failed checks first; below 900 KiB with any script. */
public final class Markdown {

    /** At most three bytes each. */
    private static final int MOST_CHARS = 290_000;

    private static final int WORKER_COLUMNS = 11;
    private static final int CELL_CHARS = 300;
    private static final int COMMAND_CHARS = 10_000;

    private Markdown() {}

    /** The whole file. */
    public static String of(ReportModel model) {
        var text = new StringBuilder();
        text.append("## ")
                .append(model.verdictWithExit())
                .append(": ")
                .append(cell(model.title()))
                .append("\n\n");
        text.append("**")
                .append(cell(model.reason()))
                .append(".**\n\n")
                .append(cell(model.headline()))
                .append(".\n\n")
                .append(cell(model.facts()))
                .append("\n\n");
        model.warnings().forEach(w -> text.append("> ").append(cell(w)).append("\n\n"));
        checks(model, text);
        text.append("| number | value | |\n|---|---|---|\n");
        model.keyFigures().forEach(t -> row(text, List.of(t.label(), t.value(), t.detail())));
        if (!model.moments().isEmpty()) {
            text.append("\n| when | what |\n|---|---|\n");
            model.moments().forEach(m -> row(text, List.of(Format.time(m.timeMs()), m.name())));
        }
        model.tables().stream()
                .filter(table -> table.section().equals(ReportModel.WORKERS))
                .forEach(table -> workers(table, text));
        text.append("\n| reproduce | |\n|---|---|\n");
        // the command is not truncated, so that it can be copied
        model.reproduce()
                .forEach((label, value) -> text.append("| ")
                        .append(cell(label))
                        .append(" | ")
                        .append(cell(value, COMMAND_CHARS))
                        .append(" |\n"));
        return text.toString();
    }

    /**
     * The preliminary page of a run that has just started.
     *
     * @param name name of the run
     */
    public static String begun(String name) {
        return "## NOT ENDED: " + cell(name)
                + "\n\nThe run began and has not ended. If its process is gone, it was killed.\n";
    }

    /**
     * The page if there was no run, or none that could be reported.
     *
     * @param name name of the run, or of what was to be run
     * @param words the reason
     */
    public static String error(String name, String words) {
        return "## ERROR: " + cell(name) + "\n\n" + cell(words, COMMAND_CHARS) + "\n";
    }

    /** The first columns, which say whether a worker was fit; the page has all. */
    private static void workers(ReportModel.Table table, StringBuilder text) {
        List<String> columns = table.columns().subList(0, WORKER_COLUMNS);
        text.append('\n');
        row(text, columns);
        text.append("|").append("---|".repeat(columns.size())).append('\n');
        for (List<String> worker : table.rows()) row(text, worker.subList(0, WORKER_COLUMNS));
        text.append('\n').append(cell(table.note())).append('\n');
    }

    private static void checks(ReportModel model, StringBuilder text) {
        if (model.checks().isEmpty()) {
            text.append("No check was judged.\n\n");
            return;
        }
        text.append("| status | check | actual | limit | worst at | because |\n|---|---|---|---|---|---|\n");
        List<CheckResult> order = model.checks().stream()
                .sorted(Comparator.comparingInt(c -> rank(c.status())))
                .toList();
        int left = order.size();
        for (CheckResult c : order) {
            if (text.length() > MOST_CHARS) {
                text.append("\n").append(left).append(" more checks are in summary.json.\n");
                break;
            }
            row(
                    text,
                    List.of(
                            c.status().word(),
                            c.id() + " (" + Format.measured(c) + ")",
                            Format.actual(c),
                            c.op() + " " + Format.limit(c),
                            Format.worstAt(c),
                            Format.explanation(c)));
            left--;
        }
        text.append("\n");
    }

    private static int rank(Status status) {
        return switch (status) {
            case FAIL -> 0;
            case INCONCLUSIVE -> 1;
            case WARN -> 2;
            case INFO -> 3;
            case PASS -> 4;
        };
    }

    private static void row(StringBuilder to, List<String> cells) {
        to.append("| ");
        to.append(String.join(" | ", cells.stream().map(Markdown::cell).toList()));
        to.append(" |\n");
    }

    /** Escapes text for a table cell or a paragraph. */
    static String cell(String raw) {
        return cell(raw, CELL_CHARS);
    }

    private static String cell(String raw, int mostChars) {
        return PlainText.line(raw, mostChars)
                .replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
