package dev.kilonode.reports.render.html;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.run.CheckResult;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The page. Everything but the interactive charts is plain HTML and is there without script. */
public final class HtmlReport {

    private static final Set<String> WIDE = Set.of("drops", "shard-heatmap", "upload-latency", "messages");

    private final ReportModel model;
    private final StringBuilder page = new StringBuilder(1 << 20);

    private HtmlReport(ReportModel model) {
        this.model = model;
    }

    /**
     * The whole file.
     *
     * @param pictures title to PNG, shown where scripts do not run
     */
    public static String of(ReportModel model, Map<String, byte[]> pictures) throws IOException {
        return new HtmlReport(model).write(pictures);
    }

    private String write(Map<String, byte[]> pictures) throws IOException {
        head();
        verdict();
        checks();
        keyFigures();
        timeline();
        for (String section : sections()) {
            section(section);
        }
        reproduce();
        scripts(pictures);
        return page.toString();
    }

    private void head() throws IOException {
        line(PageFrame.head(model.verdict() + ": " + model.title() + " - Kilonode", List.of("report.css")));
    }

    private void verdict() {
        String tone = switch (model.verdict()) {
            case "PASS" -> "good";
            case "FAIL" -> "bad";
            default -> "unclear";
        };
        line("<header><h1>Kilonode run " + Html.name(model.title()) + "</h1>");
        line("<div class=\"verdict " + tone + "\" role=\"status\"><p class=\"headline\"><strong>"
                + model.verdictWithExit() + ":</strong> " + Html.name(model.reason()) + ".</p>");
        line("<p class=\"happened\">" + Html.text(model.headline()) + ".</p>");
        line("<p class=\"facts\">" + Html.name(model.facts()) + "</p></div>");
        model.warnings().forEach(w -> line("<p class=\"warning\">" + Html.text(w) + "</p>"));
        line("<nav aria-label=\"Sections\"><a href=\"#checks\">Checks</a><a href=\"#timeline\">Timeline</a>");
        sections().forEach(s -> line("<a href=\"#" + anchor(s) + "\">" + Html.text(s) + "</a>"));
        line("<a href=\"#reproduce\">Reproduce</a></nav></header><main><div id=\"fallback\" class=\"fallback\"></div>");
    }

    private void checks() {
        line("<h2 id=\"checks\">Checks</h2>");
        if (model.checks().isEmpty()) {
            line("<p>No check was judged in this run.</p>");
            return;
        }
        line("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>status</th><th>check</th><th>measured</th>"
                + "<th class=\"number\">actual</th><th class=\"number\">limit</th><th class=\"number\">worst at</th>"
                + "<th class=\"number\">samples</th><th>because</th></tr></thead><tbody>");
        for (CheckResult c : model.checks()) {
            line("<tr><td class=\"status " + c.status().word() + "\">"
                    + c.status().word().toUpperCase(java.util.Locale.ROOT) + "</td><td><span class=\"clip\">"
                    + Html.name(c.id())
                    + "</span></td><td><span class=\"clip\">" + Html.name(Format.measured(c))
                    + "</span></td><td class=\"number\">"
                    + Html.text(Format.actual(c)) + "</td><td class=\"number\">"
                    + Html.text(shortened(c.op()) + " " + Format.limit(c))
                    + "</td><td class=\"number\">"
                    + Format.worstAt(c) + "</td><td class=\"number\">"
                    + Format.count(c.samples())
                    + "</td><td class=\"wide\"><span class=\"clip\">" + Html.name(Format.explanation(c))
                    + "</span></td></tr>");
        }
        line("</tbody></table></div>");
    }

    private void keyFigures() {
        line("<div class=\"tiles\">");
        for (ReportModel.KeyFigure figure : model.keyFigures()) {
            line("<div class=\"tile " + figure.tone().name().toLowerCase(java.util.Locale.ROOT)
                    + "\"><div class=\"label\">"
                    + Html.text(figure.label()) + "</div><div class=\"value\">" + Html.text(figure.value())
                    + "</div><div class=\"detail\">" + Html.text(figure.detail()) + "</div>"
                    + Sparkline.svg(figure.course(), figure.label(), model.durationMs()) + "</div>");
        }
        line("</div>");
    }

    private void timeline() {
        line("<h2 id=\"timeline\">Timeline</h2><figure id=\"figure-timeline\"><figcaption style=\"min-height:0\"><p>"
                + "<span class=\"key fault\"></span>faults and <span class=\"key phase\"></span>every second phase are shaded in all charts. "
                + "Drag over a stretch of any chart, or move the handles below, to zoom all charts; double-click to see everything again."
                + "</p></figcaption><div class=\"chart strip\" id=\"chart-timeline\" tabindex=\"0\"></div></figure>");
        if (!model.moments().isEmpty()) {
            line("<p>"
                    + String.join(
                            " · ",
                            model.moments().stream()
                                    .map(m -> "<b>" + Format.time(m.timeMs()) + "</b> " + Html.text(m.name()))
                                    .toList())
                    + "</p>");
        }
    }

    private void section(String section) {
        line("<h2 id=\"" + anchor(section) + "\">" + Html.text(section) + "</h2><div class=\"charts\">");
        List<Chart> charts =
                model.charts().stream().filter(c -> c.section().equals(section)).toList();
        for (Chart chart : charts) {
            if (chart.drawn()) {
                line("<figure id=\"figure-" + chart.id() + "\"" + (WIDE.contains(chart.id()) ? " class=\"wide\"" : "")
                        + "><figcaption><h3>" + Html.text(chart.title()) + "</h3><p>" + Html.text(chart.note())
                        + "</p></figcaption><div class=\"chart\" id=\"chart-" + chart.id() + "\" tabindex=\"0\"></div>"
                        + "<details><summary>Numbers behind this chart</summary></details></figure>");
            }
        }
        line("</div>");
        List<Chart> missing = charts.stream().filter(c -> !c.drawn()).toList();
        if (!missing.isEmpty()) {
            line("<ul class=\"missing\">");
            missing.forEach(c -> line("<li>" + Html.text(c.title() + ": " + c.note()) + "</li>"));
            line("</ul>");
        }
        model.tables().stream().filter(t -> t.section().equals(section)).forEach(this::table);
    }

    private void table(ReportModel.Table table) {
        line("<h3 style=\"margin-top:22px\">" + Html.text(table.title()) + "</h3><p class=\"missing\">"
                + Html.text(table.note()) + "</p>");
        if (table.rows().isEmpty()) {
            return;
        }
        line("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
        table.columns().forEach(c -> line("<th>" + Html.text(c) + "</th>"));
        line("</tr></thead><tbody>");
        for (List<String> row : table.rows()) {
            line("<tr>"
                    + String.join(
                            "",
                            row.stream()
                                    .map(c -> "<td" + (c.length() < 40 ? " class=\"short\"" : "")
                                            + "><span class=\"clip\">" + Html.name(c) + "</span></td>")
                                    .toList())
                    + "</tr>");
        }
        line("</tbody></table></div>");
    }

    private void reproduce() {
        line("<h2 id=\"reproduce\">Reproduce</h2><dl>");
        model.reproduce()
                .forEach((label, value) -> line(
                        "<dt>" + Html.text(label) + "</dt><dd>" + Html.name(value.isEmpty() ? "-" : value) + "</dd>"));
        line(
                "</dl></main><footer><main>Times count from the start of the run, on the run's own clock. Charts by Apache ECharts.</main></footer>");
    }

    private void scripts(Map<String, byte[]> pictures) throws IOException {
        line(PageFrame.foot(
                model.verdictWithExit(),
                model.reason() + ". " + model.headline(),
                ChartData.json(model, true),
                pictures));
    }

    private Set<String> sections() {
        var sections = new LinkedHashSet<String>();
        model.charts().forEach(c -> sections.add(c.section()));
        return sections;
    }

    private static String shortened(String op) {
        return op.length() > 12 ? op.substring(0, 12) + "…" : op;
    }

    private static String anchor(String section) {
        return "s-" + section.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    private void line(String html) {
        page.append(html).append('\n');
    }
}
