package dev.kilonode.reports.render.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.Effect;
import dev.kilonode.reports.compare.History;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.Sample;
import dev.kilonode.reports.statistics.samples.Shift;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Comparisons and histories as JSON. Keys are stable; new ones may be added. Numbers are finite; missing values are null. */
public final class ComparisonJson {

    /** Version of the layout. */
    public static final int SCHEMA = 1;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ComparisonJson() {}

    /** The comparison as a tree. */
    public static ObjectNode of(Comparison c) {
        ObjectNode root = JSON.objectNode();
        root.put("schema", SCHEMA);
        root.put("outcome", c.conclusion().word());
        root.put("words", c.words());
        root.put("gates", c.gates());
        root.put("paired", c.paired());
        root.put("pairs", c.pairs());
        root.put("limit", c.limit());
        root.put("level", Comparison.LEVEL);
        root.set("base", group(c.base()));
        root.set("new", group(c.fresh()));
        root.set("different_settings", strings(c.differences()));
        root.set("notes", strings(c.notes()));
        ArrayNode metrics = root.putArray("metrics");
        c.effects().forEach(e -> metrics.add(effect(e)));
        return root;
    }

    /** The history as a tree. */
    public static ObjectNode of(History history) {
        ObjectNode root = JSON.objectNode();
        root.put("schema", SCHEMA);
        root.set("left_out", strings(history.leftOut()));
        ArrayNode scenarios = root.putArray("courses");
        for (History.ScenarioHistory scenario : history.scenarios()) {
            ObjectNode node = scenarios.addObject();
            node.put("scenario", scenario.scenario());
            node.put("clock", scenario.clock());
            node.put("jvms", scenario.jvms());
            node.put("enough_runs", scenario.runs().size() >= History.FEWEST);
            ArrayNode runs = node.putArray("runs");
            scenario.runs().forEach(s -> runs.add(run(s)));
            ArrayNode changes = node.putArray("changes");
            for (History.Change change : scenario.changes()) {
                ObjectNode one = changes.addObject();
                one.put("metric", change.measure().id());
                one.put("direction", change.worse() ? "worse" : "better");
                one.put("before", change.before());
                one.put("after", change.after());
                one.put("p", change.p());
                one.set("last_run_before", run(change.from()));
                one.set("first_run_after", run(change.at()));
                one.set("different_settings", strings(change.settings()));
                one.put("words", change.words());
            }
        }
        return root;
    }

    private static ObjectNode effect(Effect e) {
        ObjectNode node = JSON.objectNode();
        node.put("metric", e.measure().id());
        node.put("label", e.measure().label());
        node.put("tier", e.measure().tier().name().toLowerCase(Locale.ROOT));
        node.put("better", e.measure().less() ? "less" : "more");
        node.put("finding", e.finding().word());
        node.put("words", e.words());
        side(node.putObject("base"), e.base(), e.baseMedian(), e.lacksBase());
        side(node.putObject("new"), e.fresh(), e.freshMedian(), e.lacksNew());
        Shift shift = e.shift();
        if (shift == null) {
            node.putNull("shift");
        } else {
            ObjectNode to = node.putObject("shift");
            to.put("estimate", shift.estimate());
            to.put("low", shift.low());
            to.put("high", shift.high());
            to.put("confidence", shift.confidence());
            to.put("share", e.share(shift.estimate()));
        }
        node.put("p", e.p());
        node.put("p_holm", e.adjusted());
        node.put("cliffs_delta", e.delta());
        return node;
    }

    private static void side(ObjectNode to, double[] values, @Nullable Double median, int lacking) {
        to.put("median", median);
        to.put("lacking", lacking);
        ArrayNode array = to.putArray("values");
        for (double value : values) {
            array.add(value);
        }
    }

    private static ObjectNode group(RunGroup group) {
        ObjectNode node = JSON.objectNode();
        node.put("label", group.label());
        node.put("scenario", group.scenario());
        node.put("scenario_hash", group.hash());
        node.put("model", group.model());
        node.put("jvms", group.jvms());
        node.put("clock", group.clock());
        node.put("machine", group.platform().words());
        ArrayNode runs = node.putArray("runs");
        group.samples().forEach(s -> runs.add(run(s)));
        node.set("left_out", strings(group.leftOut()));
        node.put("damaged", group.damaged());
        return node;
    }

    private static ObjectNode run(Sample sample) {
        ObjectNode node = JSON.objectNode();
        node.put("name", sample.name());
        node.put("seed", sample.seed());
        node.put("started_at", sample.startedAt());
        node.put("tool_version", sample.tool());
        node.put("build", sample.build().isEmpty() ? null : sample.build());
        node.put("digest", sample.digest());
        return node;
    }

    private static ArrayNode strings(List<String> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
