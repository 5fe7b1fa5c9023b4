package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code suite.md}: a suite as markdown, runs with problems first. */
public final class SuiteMarkdown {

    private static final int MOST_CHARS = 290_000;

    private SuiteMarkdown() {}

    /** The whole file. */
    public static String of(Suite suite) {
        var text = new StringBuilder();
        text.append("## ")
                .append(suite.verdict().toUpperCase(Locale.ROOT))
                .append(": suite of ")
                .append(suite.runs().size())
                .append(" runs\n\n**")
                .append(Markdown.cell(suite.words()))
                .append(".**\n\n");
        if (!suite.status().equals(Suite.COMPLETE)) {
            text.append("> This suite is ")
                    .append(suite.status())
                    .append(": ")
                    .append(suite.ended())
                    .append(" of ")
                    .append(suite.runs().size())
                    .append(" runs have ended.\n\n");
        }
        scenarios(suite, text);
        runs(suite, text);
        text.append("\n`")
                .append(PlainText.line(suite.command(), Integer.MAX_VALUE).replace('`', ' '))
                .append("`\n");
        return text.toString();
    }

    private static void scenarios(Suite suite, StringBuilder text) {
        Map<String, List<SuiteRun>> byScenario = suite.runs().stream()
                .collect(Collectors.groupingBy(SuiteRun::scenario, LinkedHashMap::new, Collectors.toList()));
        text.append("| scenario | runs | passed | failed | inconclusive | error | not ended |\n");
        text.append("|---|--:|--:|--:|--:|--:|--:|\n");
        byScenario.forEach((name, runs) -> {
            text.append("| ").append(Markdown.cell(name)).append(" | ").append(runs.size());
            for (State state : List.of(State.PASS, State.FAIL, State.INCONCLUSIVE, State.ERROR)) {
                text.append(" | ")
                        .append(runs.stream()
                                .filter(run -> run.state() == state)
                                .count());
            }
            text.append(" | ")
                    .append(runs.stream().filter(run -> !run.state().ended()).count())
                    .append(" |\n");
        });
    }

    private static void runs(Suite suite, StringBuilder text) {
        text.append("\n| outcome | scenario | seed | took | what | results |\n|---|---|---|--:|---|---|\n");
        List<SuiteRun> order = suite.runs().stream()
                .sorted(Comparator.comparingInt(run -> rank(run.state())))
                .toList();
        int left = order.size();
        for (SuiteRun run : order) {
            if (text.length() > MOST_CHARS) {
                text.append("\n").append(left).append(" more runs are in suite.json.\n");
                return;
            }
            String directory = run.directory();
            text.append("| ")
                    .append(String.join(
                            " | ",
                            run.state().word(),
                            Markdown.cell(run.scenario()),
                            run.id(),
                            String.format(Locale.ROOT, "%.1f s", run.wallMs() / 1e3),
                            Markdown.cell(run.words()),
                            directory == null ? "" : Markdown.cell(directory)))
                    .append(" |\n");
            left--;
        }
    }

    private static int rank(State state) {
        return switch (state) {
            case ERROR -> 0;
            case FAIL -> 1;
            case INCONCLUSIVE -> 2;
            case STOPPED -> 3;
            case RUNNING -> 4;
            case WAITING -> 5;
            case PASS -> 6;
        };
    }
}
