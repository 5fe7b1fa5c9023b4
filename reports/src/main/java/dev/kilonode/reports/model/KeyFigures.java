package dev.kilonode.reports.model;

import dev.kilonode.reports.model.ReportModel.KeyFigure;
import dev.kilonode.reports.model.ReportModel.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The headline numbers of a report. A number that was not recorded reads "no data". */
final class KeyFigures {

    private static final double WORSE = 1.25;
    private static final double MILLION = 1e6;

    private KeyFigures() {}

    static List<KeyFigure> of(RunFacts f) {
        var keyFigures = new ArrayList<KeyFigure>();
        keyFigures.add(new KeyFigure(
                "Dropped messages",
                f.drops() < 0 ? "no data" : Format.count(f.drops()),
                f.drops() > 0
                        ? "first at " + Format.time(f.firstDropMs())
                        : f.drops() == 0 ? "none in the whole run" : "",
                tone(f.drops()),
                f.dropRate()));
        keyFigures.add(new KeyFigure(
                "Identity time-outs",
                f.timeouts() < 0 ? "no data" : Format.count(f.timeouts()),
                f.timeouts() > 0 && f.exchanges() > 0
                        ? Format.percent(f.timeouts() / f.exchanges()) + " of exchanges, first by "
                                + Format.time(f.firstTimeoutByMs())
                        : f.timeouts() == 0 ? "none in the whole run" : "",
                tone(f.timeouts()),
                f.timeoutRate()));
        UploadStatistics.Period first = f.uploads().first();
        UploadStatistics.Period last = f.uploads().last();
        keyFigures.add(upload("Upload p50", first, last, false, f.uploadLatency("p50")));
        keyFigures.add(upload("Upload p95", first, last, true, f.uploadLatency("p95")));
        keyFigures.add(outcomes(f));
        double mean = f.deliveredRate().size() == 0
                ? 0
                : f.deliveredRate().sum() / f.deliveredRate().size();
        keyFigures.add(new KeyFigure(
                "Delivered messages",
                f.delivered() < 0 ? "no data" : compact(f.delivered()),
                f.delivered() < MILLION ? "" : Format.count(f.delivered()),
                Tone.NEUTRAL,
                ChartSeries.NONE));
        keyFigures.add(new KeyFigure(
                "Message rate",
                f.deliveredRate().size() == 0 ? "no data" : Format.number(mean) + " /s",
                f.deliveredRate().size() == 0
                        ? ""
                        : "peak " + Format.number(f.deliveredRate().max()) + " /s",
                Tone.NEUTRAL,
                f.deliveredRate()));
        return List.copyOf(keyFigures);
    }

    private static KeyFigure upload(
            String label,
            UploadStatistics.@Nullable Period first,
            UploadStatistics.@Nullable Period last,
            boolean p95,
            ChartSeries series) {
        if (first == null || last == null) {
            UploadStatistics.Period only = first == null ? last : first;
            return only == null
                    ? new KeyFigure(label, "no data", "no upload ended", Tone.NEUTRAL, series)
                    : new KeyFigure(
                            label,
                            Format.latency(p95 ? only.p95() : only.p50()),
                            only.name() + " only",
                            Tone.NEUTRAL,
                            series);
        }
        double from = p95 ? first.p95() : first.p50();
        double to = p95 ? last.p95() : last.p50();
        return new KeyFigure(
                label,
                fromTo(Format.latencies(from, to)),
                first.name() + " → " + last.name() + " (" + Format.count(first.count()) + " and "
                        + Format.count(last.count()) + " uploads)",
                to > from * WORSE ? Tone.BAD : Tone.GOOD,
                series);
    }

    /** {@code 1.25 → 5.91 min}, with the unit only once. */
    private static String fromTo(String[] fromTo) {
        return fromTo[0].substring(0, fromTo[0].indexOf(' ')) + " → " + fromTo[1];
    }

    private static KeyFigure outcomes(RunFacts f) {
        UploadStatistics u = f.uploads();
        long ended = u.succeeded() + u.failed();
        return new KeyFigure(
                "Uploads succeeded",
                ended == 0 ? "none ended" : Format.count(u.succeeded()) + " of " + Format.count(ended),
                Format.count(u.failed()) + " failed, " + Format.count(u.running()) + " still running",
                ended == 0 ? Tone.NEUTRAL : u.failed() == 0 ? Tone.GOOD : Tone.BAD,
                f.uploadsFailed());
    }

    private static Tone tone(double faults) {
        return faults < 0 ? Tone.NEUTRAL : faults == 0 ? Tone.GOOD : Tone.BAD;
    }

    private static String compact(double n) {
        if (n >= 1e9) {
            return String.format(Locale.ROOT, "%.2f billion", n / 1e9);
        }
        return n < MILLION ? Format.count(n) : String.format(Locale.ROOT, "%.1f million", n / MILLION);
    }
}
