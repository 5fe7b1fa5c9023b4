package dev.kilonode.reports.render.html;

import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Effect;
import dev.kilonode.reports.compare.Finding;
import dev.kilonode.reports.compare.Measure.Tier;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.render.text.ComparisonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as a page: verdict, effects with intervals, both sides over time, what was compared. */
public final class ComparisonPage {

    private final Comparison comparison;
    private final ReportModel model;
    private final ForestPlot forest;
    private final StringBuilder page = new StringBuilder(1 << 20);

    private ComparisonPage(Comparison comparison, ReportModel model) {
        this.comparison = comparison;
        this.model = model;
        this.forest = ForestPlot.of(comparison);
    }

    /**
     * The whole file.
     *
     * @param story    of the one chart that lies over both sides, with its verdict and headline
     * @param pictures title to PNG, shown where scripts do not run
     */
    public static String of(Comparison comparison, ReportModel model, Map<String, byte[]> pictures) throws IOException {
        return new ComparisonPage(comparison, model).write(pictures);
    }

    private String write(Map<String, byte[]> pictures) throws IOException {
        line(PageFrame.head(
                model.verdict() + ": " + comparison.base().scenario() + " against "
                        + comparison.fresh().scenario() + " - Kilonode",
                List.of("report.css", "compare.css")));
        verdict();
        judged();
        course();
        context();
        settings();
        runs();
        line(
                "</main><footer><main>Change, interval: Hodges-Lehmann shift as a share of the base's median. p: after Holm within outcomes"
                        + " and within causes, weighted so that any alarm at all has a chance of 5 % when nothing has changed."
                        + " Charts by Apache ECharts.</main></footer>");
        line(PageFrame.foot(model.verdict(), model.headline(), ChartData.json(model, false), pictures));
        return page.toString();
    }

    private void verdict() {
        String tone = switch (comparison.conclusion()) {
            case WORSE -> "bad";
            case NOT_WORSE -> "good";
            case INSUFFICIENT -> "unclear";
        };
        line("<header><h1>Kilonode comparison</h1><div class=\"verdict " + tone
                + "\" role=\"status\"><p class=\"headline\"><strong>" + model.verdict() + ":</strong> "
                + Html.text(model.headline()) + ".</p><p class=\"facts\">" + Html.text(comparison.method())
                + "</p></div>");
        line("<div class=\"sides\">");
        side("base", "BASE", comparison.base());
        side("new", "NEW", comparison.fresh());
        line("</div>");
        if (!comparison.notes().isEmpty()) {
            line("<ul class=\"notes\">");
            comparison.notes().forEach(note -> line("<li>" + Html.name(note) + "</li>"));
            line("</ul>");
        }
        line("</header><main><div id=\"fallback\" class=\"fallback\"></div>");
    }

    private void side(String style, String name, RunGroup group) {
        line("<b class=\"" + style + "\">" + name + "</b><span>" + Html.name(group.label()) + ": "
                + Html.name(group.words()) + "</span>");
    }

    private void judged() {
        line("<h2 id=\"effects\">What changed</h2>");
        line(
                "<p class=\"legend\">Square: the change; line: its 95 % interval; dashed: the limit. Right of the middle is more, and more is worse"
                        + " unless a row says otherwise.</p>");
        table(List.of(Tier.OUTCOME, Tier.CAUSE));
    }

    private void context() {
        if (!comparison.of(Tier.CONTEXT).isEmpty()) {
            line("<h2 id=\"context\">Everything else</h2><details><summary>"
                    + comparison.of(Tier.CONTEXT).size() + " more numbers, not tested</summary>");
            table(List.of(Tier.CONTEXT));
            line("</details>");
        }
    }

    private void table(List<Tier> tiers) {
        line("<div class=\"scroll\" tabindex=\"0\"><table class=\"effects\"><thead><tr><th>metric</th><th>finding</th>"
                + "<th class=\"forest\"><div class=\"axis\"><span>-" + forest.end() + "</span><span>0</span><span>+"
                + forest.end() + "</span></div></th><th class=\"number\">change</th><th class=\"number\">interval</th>"
                + "<th class=\"number\">BASE</th><th class=\"number\">NEW</th><th class=\"number\">p</th>"
                + "<th class=\"number\">Cliff's delta</th></tr></thead><tbody>");
        for (Tier tier : tiers) {
            List<Effect> effects = comparison.of(tier);
            if (!effects.isEmpty()) {
                line("<tr class=\"tier\"><th colspan=\"9\">" + ComparisonText.title(tier) + "</th></tr>");
                effects.forEach(this::effect);
            }
        }
        line("</tbody></table></div>");
    }

    private void effect(Effect e) {
        String tone = tone(e.finding());
        line("<tr><td class=\"name\">" + Html.name(e.measure().label())
                + (e.measure().less() ? "" : " <small>(more is better)</small>") + "</td><td class=\"finding " + tone
                + "\">" + Html.text(e.words()) + "</td><td class=\"forest " + tone + "\">" + forest.svg(e) + "</td>"
                + number("change", e.changeWords()) + number("interval", e.intervalWords())
                + number("BASE", ComparisonText.median(e.measure(), e.baseMedian()))
                + number("NEW", ComparisonText.median(e.measure(), e.freshMedian()))
                + number("p", ComparisonText.p(e.adjusted())) + number("Cliff's delta", delta(e)) + "</tr>");
    }

    private static String number(String label, String text) {
        return "<td class=\"number\" data-label=\"" + label + "\">" + Html.text(text) + "</td>";
    }

    private static String delta(Effect e) {
        Double delta = e.delta();
        if (delta == null || e.measure().tier() == Tier.CONTEXT) {
            return "";
        }
        return delta == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", delta);
    }

    private static String tone(Finding finding) {
        return switch (finding) {
            case WORSE, SLIGHTLY_WORSE -> "worse";
            case BETTER, SLIGHTLY_BETTER -> "better";
            case UNTESTED, MISSING -> "open";
            case UNCHANGED, EQUAL, SHOWN -> "same";
        };
    }

    private void course() {
        Chart chart = model.charts().get(0);
        line("<h2 id=\"course\">" + Html.text(chart.title()) + "</h2>");
        if (!chart.drawn()) {
            line("<p class=\"missing\">" + Html.text(chart.note()) + "</p>");
            return;
        }
        line("<figure class=\"wide\" id=\"figure-" + chart.id() + "\"><figcaption><p>" + Html.text(chart.note())
                + " Drag over a stretch to zoom; double-click to see everything again.</p></figcaption><div class=\"chart\" id=\"chart-"
                + chart.id()
                + "\" tabindex=\"0\"></div><details><summary>Numbers behind this chart</summary></details></figure>");
    }

    private void settings() {
        line("<h2 id=\"settings\">Settings that differ</h2>");
        if (comparison.differences().isEmpty()) {
            line("<p>None: both sides ran the same scenario.</p>");
            return;
        }
        line("<ul>");
        comparison.differences().forEach(d -> line("<li><code>" + Html.name(d) + "</code></li>"));
        line("</ul>");
    }

    private void runs() {
        line("<h2 id=\"runs\">Runs</h2><dl>");
        for (RunGroup group : List.of(comparison.base(), comparison.fresh())) {
            line("<dt>" + (group == comparison.base() ? "BASE" : "NEW") + "</dt><dd>"
                    + Html.text(group.platform().words()) + "</dd>");
            group.samples()
                    .forEach(s -> line("<dt>seed " + s.seed() + "</dt><dd>" + Html.name(s.name())
                            + (s.digest().isEmpty() ? "" : ", digest " + Html.text(s.digest())) + "</dd>"));
        }
        line("</dl>");
    }

    private void line(String html) {
        page.append(html).append('\n');
    }
}
