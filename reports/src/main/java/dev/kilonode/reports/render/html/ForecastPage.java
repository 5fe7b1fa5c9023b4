package dev.kilonode.reports.render.html;

import dev.kilonode.reports.forecast.Forecast;
import dev.kilonode.reports.forecast.ForecastRow;
import java.io.IOException;
import java.util.Locale;

/** A forecast as one page, by the template {@code forecast.jte}: the answer, when each row breaks, utilisation, the rules. No scripts. */
public final class ForecastPage {

    private static final double BAR_WIDTH = 200;

    private ForecastPage() {}

    /** The whole file. */
    public static String of(Forecast forecast) throws IOException {
        var output = new PageOutput();
        JteforecastGenerated.render(
                output, null, forecast, ChartScripts.resource("report.css") + ChartScripts.resource("forecast.css"));
        return output.toString();
    }

    static String tone(Forecast forecast) {
        return switch (forecast.exitCode()) {
            case 0 -> "good";
            case 1 -> "bad";
            default -> "unclear";
        };
    }

    static String style(ForecastRow row) {
        Long median = row.medianMs();
        return median == null ? "open" : median == Long.MAX_VALUE ? "lasted" : "broke";
    }

    static String barWidth(ForecastRow row, long horizonMs) {
        Long median = row.medianMs();
        double share = median == null
                ? (double) row.typical().reachedMs() / horizonMs
                : Math.min(1, (double) median / horizonMs);
        return String.format(Locale.ROOT, "%.1f", BAR_WIDTH * share);
    }
}
