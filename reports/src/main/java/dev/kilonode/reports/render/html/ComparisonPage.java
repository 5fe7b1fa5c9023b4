package dev.kilonode.reports.render.html;

import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Effect;
import dev.kilonode.reports.compare.Finding;
import dev.kilonode.reports.compare.Measure.Tier;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.model.ReportModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A comparison as one page, by the template {@code comparison.jte}: verdict, effects with intervals, both sides over time, what was compared.
 *
 * @param comparison what the page shows
 * @param model      verdict, headline, and the one chart that shows both sides
 * @param forest     draws the effects
 */
public record ComparisonPage(Comparison comparison, ReportModel model, ForestPlot forest) {

    /** One side of the comparison, as the page names it. */
    record Side(String name, RunGroup group) {}

    /**
     * The whole file.
     *
     * @param model    of the one chart that shows both sides, with its verdict and headline
     * @param pictures title to PNG, shown where scripts do not run
     */
    public static String of(Comparison comparison, ReportModel model, Map<String, byte[]> pictures) throws IOException {
        var output = new PageOutput();
        JtecomparisonGenerated.render(
                output,
                null,
                new ComparisonPage(comparison, model, ForestPlot.of(comparison)),
                ChartScripts.of(model, model.verdict(), model.headline(), false, pictures),
                ChartScripts.resource("report.css") + ChartScripts.resource("compare.css"));
        return output.toString();
    }

    List<Side> sides() {
        return List.of(new Side("BASE", comparison.base()), new Side("NEW", comparison.fresh()));
    }

    String tone() {
        return switch (comparison.conclusion()) {
            case WORSE -> "bad";
            case NOT_WORSE -> "good";
            case INSUFFICIENT -> "unclear";
        };
    }

    static String delta(Effect effect) {
        Double delta = effect.delta();
        if (delta == null || effect.measure().tier() == Tier.CONTEXT) {
            return "";
        }
        return delta == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", delta);
    }

    static String tone(Finding finding) {
        return switch (finding) {
            case WORSE, SLIGHTLY_WORSE -> "worse";
            case BETTER, SLIGHTLY_BETTER -> "better";
            case UNTESTED, MISSING -> "open";
            case UNCHANGED, EQUAL, SHOWN -> "same";
        };
    }
}
