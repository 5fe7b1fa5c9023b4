package dev.kilonode.reports.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code events.jsonl}.
 *
 * @param timeMs start of the event, ms since the start of the run
 * @param type type of the event
 * @param name its name for people
 * @param endMs end of the event; null for a moment, or if it had not ended
 * @param details further values in the given order: strings, numbers, booleans, lists, maps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventRow(
        long timeMs, Type type, String name, @Nullable Long endMs, Map<String, Object> details) {

    /** Types of events. */
    public enum Type {
        @JsonProperty("phase")
        PHASE,
        @JsonProperty("fault")
        FAULT,
        @JsonProperty("node")
        NODE,
        @JsonProperty("check")
        CHECK,
        @JsonProperty("note")
        NOTE,
        @JsonProperty("invariant")
        INVARIANT
    }

    /** Takes a copy of {@code details}; null becomes an empty map. */
    @SuppressWarnings({"ConstantConditions", "NullAway"}) // Jackson passes null for a key that is absent
    public EventRow {
        details = details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** An event with a duration and without details. */
    public static EventRow span(Type type, String name, long startMs, long endMs) {
        return new EventRow(startMs, type, name, endMs, Map.of());
    }

    /** An event at one moment, without details. */
    public static EventRow at(Type type, String name, long timeMs) {
        return new EventRow(timeMs, type, name, null, Map.of());
    }
}
