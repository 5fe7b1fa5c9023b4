package dev.kilonode.reports.render.png;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.SyntheticRun;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.model.ReportModelBuilder;
import dev.kilonode.reports.run.RunData;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngChartsTest {

    @TempDir
    static Path root;

    private static ReportModel model;

    @BeforeAll
    static void tell() throws Exception {
        model = ReportModelBuilder.build(RunData.read(SyntheticRun.degraded(root)));
    }

    @Test
    void everyMainChartIsAPictureOfTheStatedSizeThatIsNotBlank() throws Exception {
        Map<String, byte[]> pictures = PngCharts.of(model);
        assertThat(pictures.keySet()).containsExactlyElementsOf(PngCharts.IDS);
        for (var picture : pictures.entrySet()) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.getValue()));
            assertThat(image.getWidth()).isEqualTo(1280);
            assertThat(image.getHeight()).isEqualTo(480);
            var colours = new HashSet<Integer>();
            for (int x = 0; x < image.getWidth(); x++) {
                for (int y = 80; y < 380; y++) {
                    colours.add(image.getRGB(x, y));
                }
            }
            assertThat(colours).as(picture.getKey()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void numbersOnAxesDoNotFollowTheLocale() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("ar-EG-u-nu-arab", "de-DE", "hi-IN-u-nu-deva", "tr-TR", "fr-FR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                for (String id : List.of("drops", "upload-latency")) {
                    assertThat(rangeLabel(id, 1234.5)).as(tag + " " + id).isEqualTo("1,234.5");
                    assertThat(rangeLabel(id, 0.000_25)).as(tag + " " + id).isEqualTo("0.00025");
                }
                assertThat(domainLabel("drops")).as(tag).matches("[0-9:]+");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String rangeLabel(String id, double value) {
        var axis = (NumberAxis) ((XYPlot) PngCharts.chart(model, id).getPlot()).getRangeAxis();
        return ((NumberTickUnit) axis.getStandardTickUnits().getCeilingTickUnit(value / 10)).valueToString(value);
    }

    private static String domainLabel(String id) {
        var axis = (NumberAxis) ((XYPlot) PngCharts.chart(model, id).getPlot()).getDomainAxis();
        return axis.getTickUnit().valueToString(2);
    }

    @Test
    void dataSetsHoldWhatTheStoryTells() {
        assertThat(set("drops").getSeriesCount()).isEqualTo(2);
        assertThat(set("drops").getItemCount(0)).isEqualTo(396);
        assertThat(set("upload-latency").getSeriesCount()).isEqualTo(3);
        assertThat(set("upload-latency").getSeriesKey(1).toString()).isEqualTo("p95");
        assertThat(set("shard-heatmap").getSeriesCount()).isEqualTo(SyntheticRun.SHARDS);
        assertThat(set("messages").getSeriesCount()).isEqualTo(6);
        // hour 30: p95 in minutes as in the windows
        int i = 360;
        assertThat(set("upload-latency").getYValue(1, i))
                .isEqualTo(model.chart("upload-latency").lines().get(1).points().value()[i]);
    }

    @Test
    void axesSayTheirUnits() {
        XYPlot plot = PngCharts.chart(model, "upload-latency").getXYPlot();
        assertThat(plot.getDomainAxis().getLabel()).endsWith(", h");
        assertThat(plot.getRangeAxis().getLabel()).isEqualTo("min");
        assertThat(plot.getDomainAxis().getUpperBound()).isEqualTo(33);
        assertThat(PngCharts.chart(model, "upload-latency").getTitle().getText())
                .isEqualTo("Upload latency by time of end, min");
    }

    @Test
    void identityTimeoutsAreStackedByWhoDialledAndCountedInTheTitle() {
        assertThat(set("identity").getSeriesCount()).isEqualTo(2);
        assertThat(set("identity").getSeriesKey(0).toString()).isEqualTo("client");
        assertThat(model.chart("identity").title())
                .matches("Identity time-outs by who dialled \\([\\d,]+ in all\\), .*");
    }

    @Test
    void turnsOfTheRunAreLinesInTheChartsTheyConcernOnly() {
        for (String id : List.of("drops", "identity", "upload-latency")) {
            assertThat(marks(id)).as(id).containsExactly("first drop", "upload p95 has doubled");
        }
        assertThat(marks("cpu")).isEmpty();
    }

    private static List<String> marks(String id) {
        var labels = new ArrayList<String>();
        Collection<?> markers = PngCharts.chart(model, id).getXYPlot().getDomainMarkers(Layer.FOREGROUND);
        if (markers != null) {
            for (Object marker : markers) {
                labels.add(((Marker) marker).getLabel());
            }
        }
        return labels;
    }

    @Test
    void sharesAreShownAgainstTheWhole() {
        assertThat(PngCharts.chart(model, "cpu").getXYPlot().getRangeAxis().getUpperBound())
                .isEqualTo(100);
    }

    private static XYDataset set(String id) {
        XYPlot plot = PngCharts.chart(model, id).getXYPlot();
        return plot.getDataset(plot.getDatasetCount() - 1);
    }
}
