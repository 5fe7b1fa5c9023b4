package dev.kilonode.reports.render.text;

import dev.kilonode.reports.forecast.Forecast;
import dev.kilonode.reports.forecast.ForecastRow;
import dev.kilonode.reports.forecast.ForecastRun;
import dev.kilonode.reports.forecast.ForecastRun.State;
import dev.kilonode.reports.forecast.Resource;
import dev.kilonode.reports.forecast.ResourceLoad;
import dev.kilonode.reports.forecast.Saturation;
import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A forecast as text for a terminal and for pull requests. */
public final class ForecastText {

    private ForecastText() {}

    /** {@code as it is}, or the change. */
    public static String change(ForecastRow row) {
        return row.change().isEmpty() ? "as it is" : row.change();
    }

    /** {@code 2 h 40 min}, {@code not within 720 h}, {@code not before 3 h}, or why there is no result. */
    public static String breaks(ForecastRow row, long horizonMs) {
        Long median = row.medianMs();
        if (median != null) return moment(median, horizonMs);
        ForecastRun run = row.typical();
        return switch (run.state()) {
            case WAITING -> "not run yet";
            case STOPPED -> "stopped; not before " + Format.time(run.reachedMs());
            case UNCLEAR -> "too little data";
            default -> "could not be run";
        };
    }

    /** Range over the seeds with a result, if there are several: {@code 2 h to 3 h}. */
    public static String range(ForecastRow row, long horizonMs) {
        Long from = row.earliestMs();
        Long to = row.latestMs();
        if (from == null || to == null || row.runs().size() < 2) return "";
        return from.equals(to) ? moment(from, horizonMs) : moment(from, horizonMs) + " to " + moment(to, horizonMs);
    }

    private static String moment(long ms, long horizonMs) {
        return ms == Long.MAX_VALUE ? "not within " + Format.time(horizonMs) : Format.time(ms);
    }

    /** The resource that was saturated first and when; or the one with the highest utilisation. */
    public static String first(ForecastRun run) {
        Resource first = run.first();
        Long at = run.firstAtMs();
        if (first != null && at != null) return first.words() + ", full after " + Format.time(at);
        return Saturation.nearest(run.loads())
                .map(load -> "none; " + load.resource().words() + " at " + percent(load.atEnd()))
                .orElse("");
    }

    /** {@code 12 % -> 97 %}; empty for a resource without data. */
    public static String utilisation(ForecastRun run, Resource resource) {
        for (ResourceLoad load : run.loads()) {
            if (load.resource() == resource) return percent(load.early()) + " → " + percent(load.atEnd());
        }
        return "";
    }

    private static String percent(double ratio) {
        return ratio < 0.1
                ? String.format(Locale.ROOT, "%.1f %%", 100 * ratio)
                : String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
    }

    /** A table for the terminal, one line per row. */
    public static List<String> table(Forecast forecast) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "breaks after", "over seeds", "by", "first resource to run short"));
        for (ForecastRow row : forecast.rows()) {
            rows.add(List.of(
                    change(row),
                    breaks(row, forecast.horizonMs()),
                    range(row, forecast.horizonMs()),
                    CheckText.plain(String.join(", ", row.typical().checks())),
                    first(row.typical())));
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > 0) line.append(String.format(Locale.ROOT, "%-" + (widths[i] + 2) + "s", row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** {@code summary.md}. */
    public static String markdown(Forecast forecast) {
        StringBuilder text = new StringBuilder("## Forecast of ")
                .append(Markdown.cell(forecast.scenario()))
                .append("\n\n")
                .append(Markdown.cell(forecast.words()))
                .append("\n\n| scenario | breaks after | over seeds | by | first resource to run short |");
        for (Resource resource : Resource.values())
            text.append(' ').append(resource.words()).append(" |");
        text.append("\n|").append("---|".repeat(5 + Resource.values().length)).append('\n');
        for (ForecastRow row : forecast.rows()) {
            List<String> cells = new ArrayList<>(List.of(
                    change(row),
                    breaks(row, forecast.horizonMs()),
                    range(row, forecast.horizonMs()),
                    String.join(", ", row.typical().checks()),
                    first(row.typical())));
            for (Resource resource : Resource.values()) cells.add(utilisation(row.typical(), resource));
            text.append("| ")
                    .append(String.join(
                            " | ", cells.stream().map(Markdown::cell).toList()))
                    .append(" |\n");
        }
        text.append("\nUtilisation early in the run → at its end. Broken is what fails one of these:\n\n");
        forecast.rules()
                .forEach(rule -> text.append("- ").append(Markdown.cell(rule)).append('\n'));
        return text.append("\n`")
                .append(PlainText.line(forecast.command(), Integer.MAX_VALUE).replace('`', ' '))
                .append("`\n")
                .toString();
    }

    /** The result in one line, from the row of the unchanged scenario. */
    public static String words(ForecastRow asItIs, long horizonMs) {
        Long median = asItIs.medianMs();
        String share = asItIs.runs().size() > 1
                ? " (" + asItIs.count(State.BROKE) + " of " + asItIs.runs().size() + " seeds broke)"
                : "";
        if (median == null) return breaks(asItIs, horizonMs) + share + last(asItIs.typical());
        if (median == Long.MAX_VALUE) return "does not break within " + Format.time(horizonMs) + share;
        ForecastRun typical = asItIs.typical();
        return "breaks after " + Format.time(median) + share + " by " + String.join(", ", typical.checks())
                + "; runs short first: " + first(typical);
    }

    private static String last(ForecastRun run) {
        @Nullable String words = run.words();
        return words == null || words.isEmpty() || run.state() == State.WAITING ? "" : ": " + words;
    }
}
