package dev.kilonode.simulator.experiments.evidence;

import dev.kilonode.reports.model.Format;
import dev.kilonode.simulator.experiments.evidence.Evidence.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/** The table of {@code docs/fidelity.md}: target, simulated median and range over seeds, ratio, verdict. */
public final class EvidenceTable {

    /** Fewer seeds do not show how far the results vary. */
    static final int SEEDS = 5;

    private EvidenceTable() {}

    /** Markdown with a final newline; a row per target and number of nodes. */
    public static String of(Evidence evidence) throws IOException {
        List<Found> found = evidence.found();
        StringBuilder out = new StringBuilder("| published | scenario | simulated, median (range) | seeds, nodes |"
                + " ratio | verdict | source | remark |\n|---|---|---|---|---|---|---|---|\n");
        int reproduced = 0;
        for (Found one : found) {
            if (verdict(one).startsWith("reproduced")) reproduced++;
            out.append("| ").append(String.join(" | ", row(one))).append(" |\n");
        }
        return out.append("\n")
                .append(reproduced)
                .append(" of ")
                .append(found.size())
                .append(" rows reproduced. Seconds within a factor of 1.5, ratios and counts within 30 %, signs"
                        + " always; the ratio is the simulated median to the nearest published value.\n")
                .toString();
    }

    private static List<String> row(Found found) {
        Target target = found.target();
        double[] values = found.bySeed().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        List<String> row = new ArrayList<>();
        row.add(cell(target.published()));
        row.add(cell(target.scenario()));
        row.add(values.length == 0 ? "" : median(found) + " (" + range(found, values) + ")");
        row.add(values.length == 0 ? "" : values.length + ", " + found.nodes());
        row.add(values.length == 0 ? "" : ratio(found));
        row.add(verdict(found));
        row.add(cell(target.source()));
        row.add(cell(target.remark()));
        return row;
    }

    static String verdict(Found found) {
        int seeds = found.bySeed().size();
        if (seeds == 0) return "no run";
        long holding = found.bySeed().values().stream()
                .filter(value -> found.target().holds(value))
                .count();
        String share = holding == seeds ? "" : ", " + holding + " of " + seeds + " seeds";
        String few = seeds < SEEDS ? " (only " + seeds + (seeds == 1 ? " seed)" : " seeds)") : "";
        return (found.target().holds(middle(found)) ? "reproduced" : "**not reproduced**") + share + few;
    }

    private static double middle(Found found) {
        return Median.withDefaults()
                .evaluate(found.bySeed().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    private static String ratio(Found found) {
        double median = middle(found);
        Target target = found.target();
        if (target.kind() == TargetKind.SIGN || target.kind() == TargetKind.CHECKS) return "";
        if (median >= target.low() && median <= target.high()) return "within";
        double near = median < target.low() ? target.low() : target.high();
        return near == 0 ? "" : Format.number(median / near);
    }

    private static String median(Found found) {
        return value(found.target(), middle(found));
    }

    private static String range(Found found, double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return value(found.target(), least) + " to " + value(found.target(), most);
    }

    private static String value(Target target, double value) {
        return switch (target.kind()) {
            case SECONDS -> Format.number(value) + " s";
            case CHECKS -> Format.percent(value) + " pass";
            default -> Format.number(value);
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
