package dev.kilonode.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Applies a value given outside the file to the merged scenario. */
final class OverrideLayer {
    private static final Pattern STEP = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)((?:\\[[0-9]{1,6}])*)");
    private final ValueOverride override;
    private final Origin origin;
    private final Value value;

    private OverrideLayer(ValueOverride override) {
        this.override = override;
        String line = override.path() + "=" + override.value();
        this.origin = new Origin(override.source(), 1, 1, line);
        this.value = YamlReader.single(override.source(), line, override.path().length() + 2, override.value());
    }

    /** @throws ScenarioException if the path does not exist */
    static Section apply(Section base, ValueOverride override) {
        OverrideLayer layer = new OverrideLayer(override);
        List<Object> steps = layer.steps();
        return (Section) layer.replace(base, steps, 0, "");
    }

    private List<Object> steps() {
        List<Object> steps = new ArrayList<>();
        for (String part : override.path().split("\\.", -1)) {
            Matcher matcher = STEP.matcher(part);
            if (!matcher.matches()) {
                throw ScenarioException.at(
                        origin,
                        "",
                        "got the path \"" + override.path()
                                + "\", expected keys joined by dots; write transport.shards or hosts[0].count");
            }
            steps.add(matcher.group(1));
            for (String index : matcher.group(2).split("[\\[\\]]+")) {
                if (!index.isEmpty()) steps.add(Integer.parseInt(index));
            }
        }
        return steps;
    }

    private Value replace(@Nullable Value current, List<Object> steps, int depth, String path) {
        if (depth == steps.size()) {
            return current instanceof Section lower && value instanceof Section upper ? lower.mergedWith(upper) : value;
        }
        if (steps.get(depth) instanceof String key) {
            Section section = current == null ? new Section(Map.of(), origin) : expectSection(current, key, path);
            Value below = replace(section.get(key), steps, depth + 1, Binder.join(path, key));
            return section.with(key, new Section.Entry(origin, below));
        }
        int index = (Integer) steps.get(depth);
        if (!(current instanceof Items items)) {
            throw ScenarioException.at(
                    origin, path, "got [" + index + "], but this is not a list; write the path without it");
        }
        if (index >= items.values().size()) {
            throw ScenarioException.at(
                    origin,
                    path,
                    "got [" + index + "], expected less than its number of items, "
                            + items.values().size());
        }
        List<Value> changed = new ArrayList<>(items.values());
        changed.set(index, replace(changed.get(index), steps, depth + 1, path + "[" + index + "]"));
        return new Items(List.copyOf(changed), items.origin());
    }

    private Section expectSection(Value current, String key, String path) {
        if (current instanceof Section section) return section;
        String write = current instanceof Items ? path + "[0]." + key : path + "=...";
        throw ScenarioException.at(
                origin,
                path,
                "got the key " + key + " below it, but this is " + current.describe() + "; write " + write);
    }
}
