package dev.kilonode.reports.render.text;

import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Effect;
import dev.kilonode.reports.compare.Measure;
import dev.kilonode.reports.compare.Measure.Tier;
import dev.kilonode.reports.model.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison as a table for a terminal: at most 120 columns, no colours. */
public final class ComparisonText {

    private static final List<String> HEAD = List.of("", "BASE", "NEW", "change", "95 % interval", "p", "finding");
    private static final int WORDS = HEAD.size() - 1;

    private ComparisonText() {}

    /**
     * The text, with line feeds.
     *
     * @param context whether to include metrics that are not tested
     */
    public static String of(Comparison comparison, boolean context) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        for (Tier tier : Tier.values()) {
            List<Effect> effects = comparison.of(tier);
            if (effects.isEmpty() || (tier == Tier.CONTEXT && !context)) {
                continue;
            }
            rows.add(List.of(title(tier)));
            effects.forEach(e -> rows.add(row(e)));
        }
        var text = new StringBuilder();
        text.append("BASE  ")
                .append(comparison.base().label())
                .append(": ")
                .append(comparison.base().words())
                .append('\n');
        text.append("NEW   ")
                .append(comparison.fresh().label())
                .append(": ")
                .append(comparison.fresh().words())
                .append('\n');
        text.append("      ").append(comparison.method()).append("\n\n");
        table(rows, text);
        if (!comparison.notes().isEmpty()) {
            text.append('\n');
            comparison
                    .notes()
                    .forEach(note -> text.append("- ").append(plain(note)).append('\n'));
        }
        return text.toString();
    }

    /** Heading of a tier. */
    public static String title(Tier tier) {
        return switch (tier) {
            case OUTCOME -> "outcomes";
            case CAUSE -> "causes";
            case CONTEXT -> "context, not tested";
        };
    }

    /** A p-value as text: {@code 0.031}, {@code <0.001}; empty if there is none. */
    public static String p(@Nullable Double p) {
        if (p == null) {
            return "";
        }
        return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, p < 0.1 ? "%.3f" : "%.2f", p);
    }

    /** A median with its unit. */
    public static String median(Measure measure, @Nullable Double value) {
        return value == null ? "no data" : measure.words(value);
    }

    private static List<String> row(Effect e) {
        return List.of(
                "  " + plain(e.measure().label()),
                median(e.measure(), e.baseMedian()),
                median(e.measure(), e.freshMedian()),
                e.changeWords(),
                e.intervalWords(),
                p(e.adjusted()),
                e.words());
    }

    private static void table(List<List<String>> rows, StringBuilder text) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size() && row.size() > 1; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String space = " ".repeat(Math.max(0, widths[i] - cell.codePointCount(0, cell.length())));
                line.append(i == 0 || i == WORDS ? cell + space : space + cell).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Removes terminal escapes and control characters. */
    static String plain(String text) {
        return PlainText.line(text, Integer.MAX_VALUE);
    }
}
