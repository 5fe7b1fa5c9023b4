package dev.kilonode.reports.render.png;

import java.awt.Rectangle;
import org.jfree.chart.LegendItem;
import org.jfree.chart.renderer.xy.DeviationRenderer;

/** Draws an area between two values without an outline, and a filled box in the legend. */
final class BandRenderer extends DeviationRenderer {

    private static final long serialVersionUID = 1;
    private static final float ALPHA = 0.28f;

    BandRenderer() {
        super(false, false);
        setAlpha(ALPHA);
    }

    @Override
    public LegendItem getLegendItem(int datasetIndex, int series) {
        String name = String.valueOf(getPlot().getDataset(datasetIndex).getSeriesKey(series));
        return new LegendItem(name, null, null, null, new Rectangle(-8, -5, 16, 10), getItemFillPaint(series, 0));
    }
}
