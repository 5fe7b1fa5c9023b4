package dev.kilonode.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys with their values, in the order written. Immutable: merging layers creates new sections. */
record Section(Map<String, Entry> entries, Origin origin) implements Value {
    /** A value and the place of its key. */
    record Entry(Origin key, Value value) {}

    @Override
    public String describe() {
        return "a section of keys";
    }

    @Nullable
    Value get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    Section with(String key, Entry entry) {
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        changed.put(key, entry);
        return new Section(changed, origin);
    }

    Section without(String key) {
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        changed.remove(key);
        return new Section(changed, origin);
    }

    /** Merges {@code over} onto this section: sections merge key by key, all other values are replaced. */
    Section mergedWith(Section over) {
        Map<String, Entry> merged = new LinkedHashMap<>(entries);
        over.entries.forEach((key, entry) -> {
            Entry below = merged.get(key);
            if (below != null && below.value() instanceof Section lower && entry.value() instanceof Section upper) {
                merged.put(key, new Entry(entry.key(), lower.mergedWith(upper)));
            } else {
                merged.put(key, entry);
            }
        });
        return new Section(merged, over.origin);
    }
}
