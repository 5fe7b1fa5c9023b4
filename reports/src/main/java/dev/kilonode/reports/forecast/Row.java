package dev.kilonode.reports.forecast;

import dev.kilonode.reports.forecast.Cell.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All seeds of one change, together.
 *
 * @param cells one for each seed
 */
public record Row(String change, List<Cell> cells) {

    /** The rows of a forecast, in its order: the scenario as it is comes first. */
    static List<Row> of(List<Cell> cells) {
        Map<String, List<Cell>> byChange = new LinkedHashMap<>();
        for (Cell cell : cells)
            byChange.computeIfAbsent(cell.change(), change -> new ArrayList<>()).add(cell);
        return byChange.entrySet().stream()
                .map(row -> new Row(row.getKey(), List.copyOf(row.getValue())))
                .toList();
    }

    public int count(Outcome outcome) {
        return (int) cells.stream().filter(cell -> cell.outcome() == outcome).count();
    }

    /** Cells that came to an answer. */
    private List<Cell> answered() {
        return cells.stream()
                .filter(cell -> cell.outcome() == Outcome.BROKE || cell.outcome() == Outcome.LASTED)
                .sorted(Comparator.comparingLong(Row::orForEver))
                .toList();
    }

    /** When half of the seeds have broken; {@link Long#MAX_VALUE}: not within the horizon; null: no seed has an answer. */
    public @Nullable Long medianMs() {
        List<Cell> answered = answered();
        return answered.isEmpty() ? null : orForEver(answered.get((answered.size() - 1) / 2));
    }

    /** The first seed to break; as {@link #medianMs}. */
    public @Nullable Long earliestMs() {
        List<Cell> answered = answered();
        return answered.isEmpty() ? null : orForEver(answered.get(0));
    }

    /** The last seed to break; as {@link #medianMs}. */
    public @Nullable Long latestMs() {
        List<Cell> answered = answered();
        return answered.isEmpty() ? null : orForEver(answered.get(answered.size() - 1));
    }

    /** The cell that stands for the row: the one in the middle; without answers the first. */
    public Cell typical() {
        List<Cell> answered = answered();
        return answered.isEmpty() ? cells.get(0) : answered.get((answered.size() - 1) / 2);
    }

    private static long orForEver(Cell cell) {
        return cell.outcome() == Outcome.BROKE ? Objects.requireNonNull(cell.brokeAtMs()) : Long.MAX_VALUE;
    }
}
