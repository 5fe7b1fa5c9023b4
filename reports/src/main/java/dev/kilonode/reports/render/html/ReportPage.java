package dev.kilonode.reports.render.html;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ReportModel;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The report of a run as one page, by the template {@code report.jte}. Everything but the interactive charts is plain HTML and works without
 * scripts.
 *
 * @param model what the page shows
 */
public record ReportPage(ReportModel model) {

    private static final Set<String> WIDE = Set.of("drops", "shard-heatmap", "upload-latency", "messages");
    private static final int SHORT_CHARS = 40;
    private static final int OPERATOR_CHARS = 12;

    /** A heading with tables, charts and further tables below it. */
    record Section(
            String title,
            String anchor,
            List<ReportModel.Table> lead,
            List<Chart> drawn,
            List<Chart> omitted,
            List<ReportModel.Table> tables) {}

    /**
     * The whole file.
     *
     * @param pictures title to PNG, shown where scripts do not run
     */
    public static String of(ReportModel model, Map<String, byte[]> pictures) throws IOException {
        var output = new PageOutput();
        ChartScripts scripts = ChartScripts.of(
                model, model.verdictWithExit(), model.reason() + ". " + model.headline(), true, pictures);
        JtereportGenerated.render(output, null, new ReportPage(model), scripts, ChartScripts.resource("report.css"));
        return output.toString();
    }

    String tone() {
        return switch (model.verdict()) {
            case "PASS" -> "good";
            case "FAIL" -> "bad";
            default -> "unclear";
        };
    }

    List<Section> sections() {
        var titles = new LinkedHashSet<String>();
        model.charts().forEach(chart -> titles.add(chart.section()));
        return titles.stream().map(this::section).toList();
    }

    private Section section(String title) {
        List<Chart> charts =
                model.charts().stream().filter(c -> c.section().equals(title)).toList();
        List<ReportModel.Table> tables =
                model.tables().stream().filter(t -> t.section().equals(title)).toList();
        boolean leads = title.equals(ReportModel.WORKERS);
        return new Section(
                title,
                "s-" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
                leads ? tables : List.of(),
                charts.stream().filter(Chart::drawn).toList(),
                charts.stream().filter(chart -> !chart.drawn()).toList(),
                leads ? List.of() : tables);
    }

    static String tone(ReportModel.KeyFigure figure) {
        return figure.tone().name().toLowerCase(Locale.ROOT);
    }

    static boolean isWide(Chart chart) {
        return WIDE.contains(chart.id());
    }

    static boolean isShort(String cell) {
        return cell.length() < SHORT_CHARS;
    }

    static String shortened(String op) {
        return op.length() > OPERATOR_CHARS ? op.substring(0, OPERATOR_CHARS) + "…" : op;
    }
}
