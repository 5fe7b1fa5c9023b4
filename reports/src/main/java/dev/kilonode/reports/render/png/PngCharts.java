package dev.kilonode.reports.render.png;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ChartSeries;
import dev.kilonode.reports.model.Palette;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.model.TimeScale;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.StackedXYAreaRenderer2;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The main charts as pictures on a light background, for use outside of the page. */
public final class PngCharts {

    /** Size of each picture in pixels. */
    public static final int WIDTH = 1280;

    public static final int HEIGHT = 480;

    /** Charts that are also written as pictures, in order. */
    public static final List<String> IDS = List.of(
            "drops",
            "drops-per-node",
            "shard-heatmap",
            "identity",
            "upload-latency",
            "queue-depth",
            "lock",
            "lock-hold",
            "lock-utilisation",
            "connections",
            "cpu",
            "bandwidth",
            "messages");

    /** Charts that only runs in wall time have. */
    private static final List<String> WALL_IDS = List.of("tester-lag", "tester-busy", "gc-pauses", "jvm-heap");

    private static final int MOST_POINTS = 2_000;
    private static final int NAME_CHARS = 40;
    private static final int HEAT_STEPS = 60;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color RULE = new Color(0xd9dde3);
    private static final Color SOFT = new Color(0x5a626d);

    private final ReportModel model;
    private final TimeScale time;
    private final double unitMs;
    private final Markers markers;

    private PngCharts(ReportModel model) {
        this.model = model;
        this.time = TimeScale.of(model.durationMs());
        this.unitMs = time.unitMs();
        this.markers = new Markers(model, unitMs);
    }

    /** Chart id to PNG, in the order of {@link #IDS}; charts without data are left out. */
    public static Map<String, byte[]> of(ReportModel model) throws IOException {
        var pictures = new LinkedHashMap<String, byte[]>();
        for (String id : IDS) {
            Chart chart = model.chart(id);
            if (chart.drawn()) {
                pictures.put(id, png(new PngCharts(model).chart(chart)));
            }
        }
        for (Chart chart : model.charts()) {
            if (WALL_IDS.contains(chart.id()) && chart.drawn()) {
                pictures.put(chart.id(), png(new PngCharts(model).chart(chart)));
            }
        }
        return pictures;
    }

    /** The picture of any chart of a report. */
    public static byte[] of(ReportModel model, Chart chart) throws IOException {
        return png(new PngCharts(model).chart(chart));
    }

    /** A chart before rendering, for tests of its data sets. */
    static JFreeChart chart(ReportModel model, String id) {
        return new PngCharts(model).chart(model.chart(id));
    }

    private static byte[] png(JFreeChart chart) throws IOException {
        BufferedImage image = chart.createBufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB, null);
        var out = new ByteArrayOutputStream();
        ImageIO.setUseCache(false); // no cache file in the temporary folder, which may be full
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this JVM cannot write PNG");
        }
        return out.toByteArray();
    }

    private JFreeChart chart(Chart chart) {
        Chart.Heatmap heat = chart.heat();
        XYPlot plot = heat != null ? grid(heat) : lines(chart);
        markers.shade(plot, heat != null ? Layer.FOREGROUND : Layer.BACKGROUND);
        markers.marks(plot, chart);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(RULE);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        var picture = new JFreeChart(chart.title(), TITLE, plot, false);
        picture.setBackgroundPaint(Color.WHITE);
        picture.setPadding(new RectangleInsets(10, 12, 8, 20));
        picture.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
        var subtitle = new TextTitle(printable(model.verdictInWords() + " · " + model.facts(), 150), SMALL);
        subtitle.setPaint(SOFT);
        subtitle.setHorizontalAlignment(HorizontalAlignment.LEFT);
        subtitle.setPadding(2, 0, 8, 0);
        picture.addSubtitle(subtitle);
        if (heat == null) {
            var legend = new LegendTitle(plot);
            legend.setItemFont(LABEL);
            legend.setPosition(RectangleEdge.BOTTOM);
            legend.setFrame(BlockBorder.NONE);
            picture.addSubtitle(legend);
        } else {
            picture.addSubtitle(scale(heat));
        }
        return picture;
    }

    private XYPlot lines(Chart chart) {
        var plot = new XYPlot(null, timeAxis(), valueAxis(chart), null);
        plot.setDatasetRenderingOrder(org.jfree.chart.plot.DatasetRenderingOrder.FORWARD);
        int layer = 0;
        if (!chart.bands().isEmpty()) {
            plot.setDataset(layer, Datasets.bands(chart.bands(), unitMs, MOST_POINTS));
            plot.setRenderer(layer++, bandRenderer(chart));
        }
        if (chart.stacked()) {
            plot.setDataset(layer, Datasets.stack(chart.lines(), unitMs, MOST_POINTS));
            var renderer = new StackedXYAreaRenderer2();
            renderer.setLegendArea(new java.awt.Rectangle(-8, -5, 16, 10));
            for (int i = 0; i < chart.lines().size(); i++) {
                renderer.setSeriesPaint(i, colour(chart.lines().get(i).colour()));
            }
            plot.setRenderer(layer, renderer);
        } else {
            plot.setDataset(layer, Datasets.lines(chart.lines(), unitMs, MOST_POINTS));
            plot.setRenderer(layer, lineRenderer(chart));
        }
        return plot;
    }

    private static XYLineAndShapeRenderer lineRenderer(Chart chart) {
        var renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDrawSeriesLineAsPath(true); // else the dashes restart at each point and merge into a solid line
        for (int i = 0; i < chart.lines().size(); i++) {
            Chart.Line line = chart.lines().get(i);
            renderer.setSeriesPaint(i, colour(line.colour()));
            renderer.setSeriesStroke(
                    i,
                    line.strong()
                            ? new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                            : new BasicStroke(
                                    1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
            // a line of so few points is hardly visible
            renderer.setSeriesShape(i, new java.awt.geom.Ellipse2D.Double(-4, -4, 8, 8));
            renderer.setSeriesShapesVisible(i, line.points().size() <= 3);
        }
        return renderer;
    }

    private static DeviationRenderer bandRenderer(Chart chart) {
        var renderer = new BandRenderer();
        for (int i = 0; i < chart.bands().size(); i++) {
            Color colour = colour(chart.bands().get(i).colour());
            renderer.setSeriesFillPaint(i, colour);
            renderer.setSeriesPaint(i, colour);
        }
        return renderer;
    }

    private XYPlot grid(Chart.Heatmap heat) {
        var rows = new SymbolAxis(
                null, heat.rows().stream().map(r -> printable(r, NAME_CHARS)).toArray(String[]::new));
        rows.setTickLabelFont(SMALL);
        rows.setGridBandsVisible(false);
        rows.setRange(-0.5, heat.rows().size() - 0.5);
        var renderer = new XYBlockRenderer();
        ChartSeries clock = heat.cells().get(0);
        renderer.setBlockWidth((clock.endMs()[0] - clock.startMs()[0]) / unitMs);
        renderer.setBlockAnchor(RectangleAnchor.CENTER);
        renderer.setPaintScale(paints(heat));
        return new XYPlot(Datasets.grid(heat, unitMs), timeAxis(), rows, renderer);
    }

    private static LookupPaintScale paints(Chart.Heatmap heat) {
        double max = heat.max() == 0 ? 1 : heat.max();
        var scale = new LookupPaintScale(0, max, Color.WHITE);
        for (int i = 0; i < HEAT_STEPS; i++) {
            // zero stays white
            scale.add(i == 0 ? max * 1e-9 : max * i / HEAT_STEPS, heat((double) i / (HEAT_STEPS - 1)));
        }
        return scale;
    }

    private static Color heat(double share) {
        double at = share * (Palette.HEAT.size() - 1);
        int below = Math.min((int) at, Palette.HEAT.size() - 2);
        Color a = Color.decode(Palette.HEAT.get(below));
        Color b = Color.decode(Palette.HEAT.get(below + 1));
        double part = at - below;
        return new Color(
                mix(a.getRed(), b.getRed(), part),
                mix(a.getGreen(), b.getGreen(), part),
                mix(a.getBlue(), b.getBlue(), part));
    }

    private static int mix(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }

    private static PaintScaleLegend scale(Chart.Heatmap heat) {
        var axis = new NumberAxis(heat.unit());
        axis.setStandardTickUnits(numbers());
        axis.setTickLabelFont(SMALL);
        axis.setLabelFont(SMALL);
        var legend = new PaintScaleLegend(paints(heat), axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(16);
        legend.setMargin(20, 10, 50, 0);
        legend.setSubdivisionCount(HEAT_STEPS);
        return legend;
    }

    private NumberAxis timeAxis() {
        var axis = new NumberAxis("time since the start of the run, " + time.unit());
        axis.setRange(0, model.durationMs() / unitMs);
        axis.setTickUnit(new TimeTicks(time));
        return styled(axis);
    }

    private static NumberAxis valueAxis(Chart chart) {
        var axis = new NumberAxis(chart.unit());
        axis.setStandardTickUnits(numbers());
        axis.setAutoRangeIncludesZero(true);
        axis.setUpperMargin(0.12);
        axis.setAutoRangeMinimumSize(1e-3);
        if (chart.top() > 0) {
            double most = chart.lines().stream()
                    .mapToDouble(line -> line.points().max())
                    .max()
                    .orElse(0);
            axis.setRange(0, Math.max(chart.top(), most));
        }
        return styled(axis);
    }

    private static <A extends ValueAxis> A styled(A axis) {
        axis.setLabelFont(LABEL);
        axis.setTickLabelFont(LABEL);
        axis.setLabelPaint(SOFT);
        axis.setTickLabelPaint(SOFT);
        axis.setAxisLinePaint(SOFT);
        return axis;
    }

    /** The same digits and signs in every locale. */
    private static NumberTickUnitSource numbers() {
        return new NumberTickUnitSource(
                false, new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    }

    private static Color colour(int index) {
        return Color.decode(Palette.LIGHT.get(index % Palette.LIGHT.size()));
    }

    static String printable(String raw, int limit) {
        return PlainText.line(raw, limit);
    }
}
