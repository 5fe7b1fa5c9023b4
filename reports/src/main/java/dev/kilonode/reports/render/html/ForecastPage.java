package dev.kilonode.reports.render.html;

import dev.kilonode.reports.forecast.Forecast;
import dev.kilonode.reports.forecast.ForecastRow;
import dev.kilonode.reports.forecast.ForecastRun;
import dev.kilonode.reports.forecast.Resource;
import dev.kilonode.reports.render.text.ForecastText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A forecast as a page: the answer, a bar for each row up to the hour at which it breaks, utilisation, the rules. No scripts. */
public final class ForecastPage {

    private final Forecast forecast;
    private final StringBuilder page = new StringBuilder();

    private ForecastPage(Forecast forecast) {
        this.forecast = forecast;
    }

    /** The whole file. */
    public static String of(Forecast forecast) throws IOException {
        return new ForecastPage(forecast).write();
    }

    private String write() throws IOException {
        line(PageFrame.head("Forecast: " + forecast.scenario() + " - Kilonode", List.of("report.css", "forecast.css")));
        String tone = switch (forecast.exitCode()) {
            case 0 -> "good";
            case 1 -> "bad";
            default -> "unclear";
        };
        line("<header><h1>Kilonode forecast: " + Html.name(forecast.scenario()) + "</h1><div class=\"verdict " + tone
                + "\" role=\"status\"><p class=\"headline\">" + Html.text(forecast.words())
                + ".</p></div></header><main>");
        rows();
        utilisation();
        line("<h2>What counts as broken</h2><ul>");
        forecast.rules().forEach(rule -> line("<li>" + Html.text(rule) + "</li>"));
        line("</ul><h2>Runs</h2><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>scenario</th><th>seed</th>"
                + "<th>outcome</th><th>what it said</th><th>results</th></tr></thead><tbody>");
        for (ForecastRun run : forecast.runs()) {
            line("<tr>" + run(run.change().isEmpty() ? "as it is" : run.change()) + run(Long.toString(run.seed()))
                    + run(run.state().word()) + run(run.words()) + run(orEmpty(run.directory())) + "</tr>");
        }
        line("</tbody></table></div><h2>Again</h2><pre>" + Html.text(forecast.command())
                + "</pre></main></body></html>");
        return page.toString();
    }

    private void rows() {
        line("<h2>When it breaks</h2><div class=\"scroll\" tabindex=\"0\"><table class=\"forecast\"><thead><tr>"
                + "<th>scenario</th><th>breaks after</th><th>up to the horizon</th><th>over seeds</th><th>by</th>"
                + "<th>first resource to run short</th></tr></thead><tbody>");
        for (ForecastRow row : forecast.rows()) {
            line("<tr>" + run(ForecastText.change(row)) + run(ForecastText.breaks(row, forecast.horizonMs()))
                    + "<td>" + bar(row) + "</td>" + run(ForecastText.range(row, forecast.horizonMs()))
                    + run(String.join(", ", row.typical().checks()))
                    + run(ForecastText.first(row.typical())) + "</tr>");
        }
        line("</tbody></table></div>");
    }

    private String bar(ForecastRow row) {
        Long median = row.medianMs();
        double share = median == null
                ? (double) row.typical().reachedMs() / forecast.horizonMs()
                : Math.min(1, (double) median / forecast.horizonMs());
        String style = median == null ? "open" : median == Long.MAX_VALUE ? "lasted" : "broke";
        return String.format(
                Locale.ROOT,
                "<svg class=\"bar %s\" viewBox=\"0 0 200 12\" role=\"img\" aria-label=\"%s\"><rect class=\"whole\""
                        + " width=\"200\" height=\"12\"/><rect class=\"part\" width=\"%.1f\" height=\"12\"/></svg>",
                style,
                Html.text(ForecastText.breaks(row, forecast.horizonMs())),
                200 * share);
    }

    private void utilisation() {
        line("<h2>How full resources were</h2><p>Early in the run → at its end; of the seed in the middle.</p>"
                + "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>scenario</th>");
        for (Resource resource : Resource.values())
            line("<th title=\"" + Html.text(resource.meaning()) + "\">" + resource.words() + "</th>");
        line("</tr></thead><tbody>");
        for (ForecastRow row : forecast.rows()) {
            line("<tr>" + run(ForecastText.change(row)));
            for (Resource resource : Resource.values()) line(run(ForecastText.course(row.typical(), resource)));
            line("</tr>");
        }
        line("</tbody></table></div><dl>");
        for (Resource resource : Resource.values())
            line("<dt>" + resource.words() + "</dt><dd>" + Html.text(resource.meaning()) + "</dd>");
        line("</dl>");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String run(String text) {
        return "<td>" + Html.name(text) + "</td>";
    }

    private void line(String html) {
        page.append(html).append('\n');
    }
}
