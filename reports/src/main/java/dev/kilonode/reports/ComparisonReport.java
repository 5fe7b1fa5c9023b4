package dev.kilonode.reports;

import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Overlay;
import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.render.html.ComparisonPage;
import dev.kilonode.reports.render.png.PngCharts;
import dev.kilonode.reports.run.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes a comparison as one offline page. */
public final class ComparisonReport {

    private ComparisonReport() {}

    /**
     * Writes the page and replaces an older one.
     *
     * @throws IOException if a run's data cannot be read, or the file cannot be written
     */
    public static void write(Comparison comparison, Path file) throws IOException {
        Chart chart = Overlay.of(comparison);
        long end = chart.lines().stream()
                .flatMapToLong(line -> Arrays.stream(line.points().endMs()))
                .max()
                .orElse(1);
        String verdict = switch (comparison.conclusion()) {
            case WORSE -> "WORSE";
            case NOT_WORSE -> "NOT WORSE";
            case INSUFFICIENT -> "INSUFFICIENT";
        };
        String words = comparison.words();
        String prefix = verdict.toLowerCase(java.util.Locale.ROOT) + ": ";
        var model = new ReportModel(
                "comparison",
                verdict,
                null,
                "",
                words.startsWith(prefix) ? words.substring(prefix.length()) : words,
                comparison.method(),
                comparison.notes(),
                List.of(),
                List.of(),
                end,
                List.of(),
                List.of(),
                List.of(chart),
                List.of(),
                Map.of());
        Map<String, byte[]> pictures = chart.drawn() ? Map.of(chart.title(), PngCharts.of(model, chart)) : Map.of();
        OutputFile.write(file, ComparisonPage.of(comparison, model, pictures));
    }
}
