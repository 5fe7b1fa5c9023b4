package dev.kilonode.reports.render.png;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.Palette;
import dev.kilonode.reports.model.ReportModel;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** Marks phases, faults and turning points of the run on the time axis of a picture. */
final class Markers {

    private static final int NAME_CHARS = 40;
    private static final int LABEL_HEIGHT = 20;
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color SOFT = new Color(0x5a626d);
    private static final Color INK = Color.decode(Palette.LIGHT.get(Palette.INK));
    private static final Color PAPER = new Color(255, 255, 255, 215);
    private static final Color PHASE = new Color(86, 180, 233, 24);
    private static final Color FAULT = new Color(230, 159, 0, 64);

    private final ReportModel model;
    private final double unitMs;

    Markers(ReportModel model, double unitMs) {
        this.model = model;
        this.unitMs = unitMs;
    }

    void shade(XYPlot plot, Layer layer) {
        int i = 0;
        for (ReportModel.Span span : model.spans()) {
            if (span.fault() || i % 2 == 1) {
                var marker = new IntervalMarker(
                        span.startMs() / unitMs, Math.min(span.endMs(), model.durationMs()) / unitMs);
                marker.setPaint(span.fault() ? FAULT : PHASE);
                marker.setAlpha(1);
                marker.setOutlinePaint(null);
                // shading would falsify the colours of a heatmap, so a frame is drawn
                if (layer == Layer.FOREGROUND) {
                    marker.setPaint(new Color(0, 0, 0, 0));
                    marker.setOutlinePaint(SOFT);
                    marker.setOutlineStroke(dashes());
                }
                if (span.fault()) {
                    label(marker, span.name(), SOFT);
                    marker.setLabelAnchor(RectangleAnchor.TOP_LEFT);
                    marker.setLabelTextAnchor(TextAnchor.TOP_LEFT);
                }
                plot.addDomainMarker(marker, layer);
            }
            i++;
        }
    }

    /** Draws a labelled line per moment. Labels are on separate rows, because moments may be close together. */
    void marks(XYPlot plot, Chart chart) {
        int row = model.spans().stream().anyMatch(ReportModel.Span::fault)
                ? 1
                : 0; // the first row holds the names of the faults
        for (ReportModel.Moment moment : model.marks(chart)) {
            var marker = new ValueMarker(moment.timeMs() / unitMs, INK, dashes());
            marker.setAlpha(1);
            boolean late = moment.timeMs() > model.durationMs() * 3 / 4; // too little room on the right
            label(marker, moment.name(), INK);
            // the offset widens the line to a strip, and the text starts at its edge
            marker.setLabelAnchor(late ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
            marker.setLabelTextAnchor(late ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
            marker.setLabelOffset(new RectangleInsets(2 + LABEL_HEIGHT * row++, 5, 0, 5));
            plot.addDomainMarker(marker, Layer.FOREGROUND);
        }
    }

    private static void label(Marker marker, String text, Color colour) {
        marker.setLabel(PngCharts.printable(text, NAME_CHARS));
        marker.setLabelFont(SMALL);
        marker.setLabelPaint(colour);
        marker.setLabelBackgroundColor(PAPER);
    }

    private static BasicStroke dashes() {
        return new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 4}, 0);
    }
}
