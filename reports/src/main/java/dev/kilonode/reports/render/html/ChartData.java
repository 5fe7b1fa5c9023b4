package dev.kilonode.reports.render.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ChartSeries;
import dev.kilonode.reports.model.Palette;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.model.TimeScale;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The charts' numbers as JSON for the page's script. Lines with the same times share one list. */
final class ChartData {

    private static final int MOST_POINTS = 2_000;
    /** Limit for all points of the page together: at about 14 bytes per point the data stay below 3 MB. */
    private static final int MOST_POINTS_IN_ALL = 210_000;

    private static final MathContext DIGITS = new MathContext(5);
    private static final int NAME_CHARS = 60;

    private final ReportModel model;
    private final int limit;
    private final Map<List<Long>, Integer> times = new LinkedHashMap<>();

    private ChartData(ReportModel model) {
        this.model = model;
        int lines = model.charts().stream()
                .mapToInt(c -> c.lines().size() + 2 * c.bands().size())
                .sum();
        this.limit = Math.max(60, Math.min(MOST_POINTS, MOST_POINTS_IN_ALL / Math.max(1, lines)));
    }

    /** @param timeline whether to add a chart of phases and moments */
    static String json(ReportModel model, boolean timeline) throws IOException {
        return inScript(new ChartData(model).write(timeline));
    }

    /** Escapes JSON for a script element. */
    static String inScript(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private String write(boolean timeline) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator to = new JsonFactory().createGenerator(text)) {
            to.writeStartObject();
            to.writeStringField("name", model.title().replaceAll("[^A-Za-z0-9._-]+", "-"));
            to.writeNumberField("duration", model.durationMs());
            axis(to);
            strings(to, "light", Palette.LIGHT);
            strings(to, "dark", Palette.DARK);
            strings(to, "heat", Palette.HEAT);
            spans(to);
            to.writeArrayFieldStart("charts");
            if (timeline) {
                timeline(to);
            }
            for (Chart chart : model.charts()) {
                if (chart.drawn()) {
                    chart(to, chart);
                }
            }
            to.writeEndArray();
            to.writeArrayFieldStart("times");
            for (List<Long> list : times.keySet()) {
                to.writeStartArray();
                for (long t : list) {
                    to.writeNumber(t);
                }
                to.writeEndArray();
            }
            to.writeEndArray();
            to.writeEndObject();
        }
        return text.toString();
    }

    private void axis(JsonGenerator to) throws IOException {
        TimeScale time = TimeScale.of(model.durationMs());
        to.writeNumberField("divisor", time.unitMs());
        to.writeStringField("timeUnit", time.unit());
        to.writeNumberField("mostTicks", TimeScale.MOST_TICKS);
        longs(
                to,
                "steps",
                TimeScale.STEPS_MS.stream().mapToLong(Long::longValue).toArray());
    }

    private void spans(JsonGenerator to) throws IOException {
        to.writeArrayFieldStart("spans");
        for (ReportModel.Span span : model.spans()) {
            to.writeStartObject();
            to.writeBooleanField("fault", span.fault());
            to.writeStringField("name", cut(span.name()));
            to.writeNumberField("start", span.startMs());
            to.writeNumberField("end", span.endMs());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("moments");
        moments(to, model.moments());
        to.writeEndArray();
    }

    private static void moments(JsonGenerator to, List<ReportModel.Moment> moments) throws IOException {
        for (ReportModel.Moment moment : moments) {
            to.writeStartObject();
            to.writeStringField("name", cut(moment.name()));
            to.writeNumberField("time", moment.timeMs());
            to.writeEndObject();
        }
    }

    private static void timeline(JsonGenerator to) throws IOException {
        to.writeStartObject();
        to.writeStringField("id", "timeline");
        to.writeStringField("title", "Timeline");
        to.writeStringField("unit", "");
        to.writeArrayFieldStart("lines");
        to.writeEndArray();
        to.writeArrayFieldStart("bands");
        to.writeEndArray();
        to.writeEndObject();
    }

    private void chart(JsonGenerator to, Chart chart) throws IOException {
        to.writeStartObject();
        to.writeStringField("id", chart.id());
        to.writeStringField("title", chart.title());
        to.writeStringField("unit", chart.unit());
        to.writeBooleanField("stacked", chart.stacked());
        to.writeNumberField("top", chart.top());
        to.writeArrayFieldStart("marks");
        moments(to, model.marks(chart));
        to.writeEndArray();
        to.writeArrayFieldStart("lines");
        List<ChartSeries> points =
                chart.lines().stream().map(Chart.Line::points).toList();
        List<ChartSeries> thin = chart.stacked()
                ? ChartSeries.thinnedAlike(points, limit)
                : points.stream().map(p -> p.thinned(limit)).toList();
        for (int i = 0; i < thin.size(); i++) {
            Chart.Line line = chart.lines().get(i);
            to.writeStartObject();
            to.writeStringField("n", cut(line.name()));
            to.writeNumberField("c", line.colour());
            to.writeBooleanField("s", line.strong());
            to.writeNumberField("t", times(thin.get(i)));
            values(to, "v", thin.get(i));
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("bands");
        for (Chart.Band band : chart.bands()) {
            List<ChartSeries> edges = ChartSeries.thinnedAlike(List.of(band.low(), band.high()), limit);
            to.writeStartObject();
            to.writeStringField("n", cut(band.name()));
            to.writeNumberField("c", band.colour());
            to.writeNumberField("t", times(edges.get(1)));
            values(to, "lo", edges.get(0));
            values(to, "hi", edges.get(1));
            to.writeEndObject();
        }
        to.writeEndArray();
        Chart.Heatmap heat = chart.heat();
        if (heat != null) {
            heat(to, heat);
        }
        to.writeEndObject();
    }

    private static void heat(JsonGenerator to, Chart.Heatmap heat) throws IOException {
        to.writeObjectFieldStart("heat");
        strings(to, "rows", heat.rows().stream().map(ChartData::cut).toList());
        to.writeStringField("unit", heat.unit());
        to.writeFieldName("max");
        number(to, heat.max());
        ChartSeries clock = heat.cells().get(0);
        longs(to, "starts", clock.startMs());
        longs(to, "ends", clock.endMs());
        to.writeArrayFieldStart("cells");
        for (ChartSeries row : heat.cells()) {
            array(to, row);
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private int times(ChartSeries points) {
        List<Long> list = LongStream.range(0, points.size())
                .map(i -> points.atMs((int) i))
                .boxed()
                .toList();
        return times.computeIfAbsent(new ArrayList<>(list), k -> times.size());
    }

    private static void values(JsonGenerator to, String field, ChartSeries points) throws IOException {
        to.writeFieldName(field);
        array(to, points);
    }

    private static void array(JsonGenerator to, ChartSeries points) throws IOException {
        to.writeStartArray();
        for (double v : points.value()) {
            number(to, v);
        }
        to.writeEndArray();
    }

    private static void number(JsonGenerator to, double v) throws IOException {
        if (!Double.isFinite(v)) {
            to.writeNull();
        } else if (v == Math.rint(v) && Math.abs(v) < 1e9) {
            to.writeNumber((long) v);
        } else {
            to.writeNumber(new BigDecimal(v).round(DIGITS).stripTrailingZeros());
        }
    }

    private static void longs(JsonGenerator to, String field, long[] values) throws IOException {
        to.writeArrayFieldStart(field);
        for (long v : values) {
            to.writeNumber(v);
        }
        to.writeEndArray();
    }

    private static void strings(JsonGenerator to, String field, List<String> values) throws IOException {
        to.writeArrayFieldStart(field);
        for (String v : values) {
            to.writeString(v);
        }
        to.writeEndArray();
    }

    private static String cut(String name) {
        return name.length() > NAME_CHARS ? name.substring(0, NAME_CHARS) + "…" : name;
    }
}
