package dev.kilonode.reports.forecast;

import dev.kilonode.reports.forecast.ForecastRun.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one variation, one per seed.
 *
 * @param runs one for each seed
 */
public record ForecastRow(String change, List<ForecastRun> runs) {

    /** The rows of a forecast, in its order; the unchanged scenario comes first. */
    static List<ForecastRow> of(List<ForecastRun> runs) {
        Map<String, List<ForecastRun>> byChange = new LinkedHashMap<>();
        for (ForecastRun run : runs)
            byChange.computeIfAbsent(run.change(), change -> new ArrayList<>()).add(run);
        return byChange.entrySet().stream()
                .map(row -> new ForecastRow(row.getKey(), List.copyOf(row.getValue())))
                .toList();
    }

    public int count(State state) {
        return (int) runs.stream().filter(run -> run.state() == state).count();
    }

    /** Runs with a conclusive result. */
    private List<ForecastRun> answered() {
        return runs.stream()
                .filter(run -> run.state() == State.BROKE || run.state() == State.LASTED)
                .sorted(Comparator.comparingLong(ForecastRow::orForEver))
                .toList();
    }

    /** Time by which half of the seeds have broken; {@link Long#MAX_VALUE}: not within the horizon; null: no seed has a result. */
    public @Nullable Long medianMs() {
        List<ForecastRun> answered = answered();
        return answered.isEmpty() ? null : orForEver(answered.get((answered.size() - 1) / 2));
    }

    /** Time of the first seed to break; as {@link #medianMs}. */
    public @Nullable Long earliestMs() {
        List<ForecastRun> answered = answered();
        return answered.isEmpty() ? null : orForEver(answered.get(0));
    }

    /** Time of the last seed to break; as {@link #medianMs}. */
    public @Nullable Long latestMs() {
        List<ForecastRun> answered = answered();
        return answered.isEmpty() ? null : orForEver(answered.get(answered.size() - 1));
    }

    /** The run that represents the row: the median one; the first if none has a result. */
    public ForecastRun typical() {
        List<ForecastRun> answered = answered();
        return answered.isEmpty() ? runs.get(0) : answered.get((answered.size() - 1) / 2);
    }

    private static long orForEver(ForecastRun run) {
        return run.state() == State.BROKE ? Objects.requireNonNull(run.brokeAtMs()) : Long.MAX_VALUE;
    }
}
