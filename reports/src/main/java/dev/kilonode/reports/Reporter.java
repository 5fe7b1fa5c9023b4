package dev.kilonode.reports;

import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.model.ReportModelBuilder;
import dev.kilonode.reports.render.html.ReportPage;
import dev.kilonode.reports.render.png.PngCharts;
import dev.kilonode.reports.render.text.JunitXml;
import dev.kilonode.reports.render.text.Markdown;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.UnreadableRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates all reports of a run from its data. Complete, crashed and running runs are supported; reports of the latter two are marked as
 * partial.
 */
public final class Reporter {

    /** Charts that the page shows as pictures where scripts do not run. */
    private static final List<String> WITHOUT_SCRIPT =
            List.of("drops", "identity", "upload-latency", "messages", "cpu", "queue-depth");

    private static final int PICTURES_WITHOUT_SCRIPT = 3;

    private Reporter() {}

    /**
     * Writes {@code report.html}, {@code charts/*.png}, {@code junit.xml} and {@code summary.md}, and replaces older ones.
     *
     * @param runDirectory a run's folder, or a link to it
     * @return the report model, for the console
     * @throws IOException if the folder holds no run or a run that is too damaged, or if it cannot be written to
     */
    public static ReportModel write(Path runDirectory) throws IOException {
        return write(runDirectory, true);
    }

    /**
     * As {@link #write(Path)}.
     *
     * @param pictures whether to write the charts as PNG files; the page embeds the pictures it needs in any case
     */
    public static ReportModel write(Path runDirectory, boolean pictures) throws IOException {
        Path directory = runDirectory.toRealPath();
        RunData data = RunData.read(directory);
        try {
            return write(directory, ReportModelBuilder.build(data), pictures);
        } catch (RuntimeException e) { // data that are damaged but readable may still be contradictory
            if (data.integrity().intact()) {
                throw e;
            }
            throw new UnreadableRunException(directory + ": no report can be made, the data are "
                    + data.integrity().words());
        }
    }

    private static ReportModel write(Path directory, ReportModel model, boolean pictures) throws IOException {
        Map<String, byte[]> pngs = PngCharts.of(model);
        Path charts = Files.createDirectories(directory.resolve("charts"));
        for (String id : PngCharts.IDS) {
            Path file = charts.resolve(id + ".png");
            byte[] png = pngs.get(id);
            if (png == null || !pictures) {
                Files.deleteIfExists(file); // left over from an earlier report
            } else {
                Files.write(file, png);
            }
        }
        var inPage = new LinkedHashMap<String, byte[]>();
        for (String id : WITHOUT_SCRIPT) {
            byte[] png = pngs.get(id);
            if (png != null && inPage.size() < PICTURES_WITHOUT_SCRIPT) {
                inPage.put(model.chart(id).title(), png);
            }
        }
        write(directory.resolve("report.html"), ReportPage.of(model, inPage));
        write(directory.resolve("junit.xml"), JunitXml.of(model));
        write(directory.resolve("summary.md"), Markdown.of(model));
        return model;
    }

    private static void write(Path file, String text) throws IOException {
        // an unpaired surrogate becomes "?" and is not an error
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
