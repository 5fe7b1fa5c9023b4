package dev.kilonode.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills in missing keys of list items from the {@code x-items} of the built-in layer. */
final class ItemDefaults {
    private ItemDefaults() {}

    static Section fill(Section scenario, Section defaults) {
        Section filled = scenario;
        for (Map.Entry<String, Section.Entry> entry : defaults.entries().entrySet()) {
            filled = (Section) below(filled, entry.getKey().split("\\."), 0, (Section)
                    entry.getValue().value());
        }
        return filled;
    }

    private static Value below(Value value, String[] path, int depth, Section defaults) {
        if (depth == path.length) {
            if (!(value instanceof Items items)) return value; // the binder reports it
            List<Value> filled = new ArrayList<>();
            for (Value item : items.values())
                filled.add(item instanceof Section section ? defaults.mergedWith(section) : item);
            return new Items(List.copyOf(filled), items.origin());
        }
        if (!(value instanceof Section section)) return value;
        Section.Entry entry = section.entries().get(path[depth]);
        if (entry == null) return value;
        return section.with(
                path[depth], new Section.Entry(entry.key(), below(entry.value(), path, depth + 1, defaults)));
    }
}
