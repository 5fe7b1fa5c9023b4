package dev.kilonode.reports.render.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.suite.Grid;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteAxis;
import dev.kilonode.reports.suite.SuiteRun;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * A suite or a sweep as one page, by the template {@code suite.jte}: the verdict, any metric as a map over the values that vary, the cells
 * as a table, and the runs with links to their reports.
 */
public final class SuitePage {

    /** Characters of a run's result in words. */
    private static final int MOST_WORDS = 300;

    private SuitePage() {}

    /** The whole file. */
    public static String of(Suite suite, Grid grid) throws IOException {
        var output = new PageOutput();
        JtesuiteGenerated.render(
                output,
                null,
                suite,
                grid,
                json(grid),
                ChartScripts.resource("report.css") + ChartScripts.resource("suite.css"),
                ChartScripts.resource("suite.js"));
        return output.toString();
    }

    static String tone(Suite suite) {
        return switch (suite.exitCode()) {
            case 0 -> "good";
            case 1 -> "bad";
            default -> "unclear";
        };
    }

    static String name(Suite suite) {
        return suite.axes().isEmpty() ? "suite" : "sweep";
    }

    /** The path of a run's report from the suite's page, for a link. */
    static String report(SuiteRun run) {
        return run.directory() + "/report.html";
    }

    static String words(SuiteRun run) {
        return PlainText.line(run.words(), MOST_WORDS);
    }

    /** What the script draws: each cell as its place on each axis, its outcomes, and median, least and most of each metric. */
    private static String json(Grid grid) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator to = new JsonFactory().createGenerator(text)) {
            to.writeStartObject();
            to.writeArrayFieldStart("axes");
            for (SuiteAxis axis : grid.axes()) {
                to.writeStartObject();
                to.writeStringField("path", axis.path());
                strings(to, "values", axis.values());
                to.writeEndObject();
            }
            to.writeEndArray();
            strings(to, "metrics", grid.metrics());
            to.writeArrayFieldStart("cells");
            for (Grid.Cell cell : grid.cells()) cell(to, grid, cell);
            to.writeEndArray();
            to.writeEndObject();
        }
        return ChartData.inScript(text.toString());
    }

    private static void cell(JsonGenerator to, Grid grid, Grid.Cell cell) throws IOException {
        to.writeStartObject();
        to.writeArrayFieldStart("at");
        for (int i = 0; i < cell.point().size(); i++) {
            to.writeNumber(grid.axes().get(i).values().indexOf(cell.point().get(i)));
        }
        to.writeEndArray();
        to.writeNumberField("runs", cell.runs().size());
        to.writeNumberField("passed", cell.count(SuiteRun.State.PASS));
        to.writeNumberField(
                "ended", cell.runs().stream().filter(run -> run.state().ended()).count());
        SuiteRun first = cell.runs().get(0);
        if (first.directory() != null) to.writeStringField("report", report(first));
        to.writeObjectFieldStart("values");
        for (Map.Entry<String, Grid.Spread> value : cell.values().entrySet()) {
            Grid.Spread spread = value.getValue();
            to.writeFieldName(Integer.toString(grid.metrics().indexOf(value.getKey())));
            to.writeArray(new double[] {spread.median(), spread.least(), spread.most()}, 0, 3);
        }
        to.writeEndObject();
        to.writeEndObject();
    }

    private static void strings(JsonGenerator to, String name, List<String> values) throws IOException {
        to.writeArrayFieldStart(name);
        for (String value : values) to.writeString(value);
        to.writeEndArray();
    }
}
