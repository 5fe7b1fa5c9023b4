package dev.kilonode.reports.render.png;

import dev.kilonode.reports.model.TimeScale;
import org.jfree.chart.axis.NumberTickUnit;

/** Ticks of the time axis, with the steps and labels of a {@link TimeScale}. */
final class TimeTicks extends NumberTickUnit {

    private static final long serialVersionUID = 1;

    private final transient TimeScale scale;

    TimeTicks(TimeScale scale) {
        super((double) scale.stepMs() / scale.unitMs());
        this.scale = scale;
    }

    @Override
    public String valueToString(double value) {
        return scale.label(Math.round(value * scale.unitMs()));
    }
}
