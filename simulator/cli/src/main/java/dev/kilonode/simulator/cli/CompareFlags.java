package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.reports.compare.Comparer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flags of {@code compare}. */
final class CompareFlags extends CommonFlags {
    @Parameter(
            names = "--gate",
            description = "exit 1 if something got worse by the limit, 3 if there are too few runs to decide")
    boolean gate;

    @Parameter(names = "--limit", description = "smallest change that counts, such as 10%")
    String limit = "10%";

    @Parameter(
            names = "--metric",
            description = "evaluate this metric of summary.json instead of the default ones; repeatable",
            splitter = WholeValue.class)
    List<String> metrics = new ArrayList<>();

    @Parameter(names = "--allow-different-scenarios", description = "compare although settings differ, and list them")
    boolean differentScenarios;

    @Parameter(names = "--html", description = "file of the HTML page; comparison.html in NEW unless given")
    @Nullable
    String html;

    @Parameter(names = "--all", description = "also show what is not tested")
    boolean all;

    /** @throws UsageException if a flag's value is wrong */
    Comparer.Options options() {
        return new Comparer.Options(limit(), metrics, differentScenarios);
    }

    private double limit() {
        if (limit.matches("[0-9]{1,4}(\\.[0-9]{1,6})?%")) {
            double share = Double.parseDouble(limit.substring(0, limit.length() - 1)) / 100;
            if (share > 0) return share;
        }
        throw new UsageException(sourceOf("--limit") + ": got \"" + limit
                + "\", expected a share above 0%, with its percent sign; write --limit 10%");
    }
}
