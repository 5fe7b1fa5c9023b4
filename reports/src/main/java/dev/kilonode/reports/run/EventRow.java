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
 * @param timeMs  when it began, ms since the start of the run
 * @param type    what sort of thing it is
 * @param name    its name as people know it
 * @param endMs   when it ended; null for a moment, or when it had not ended
 * @param details anything else, in the order given: strings, numbers, booleans, lists, maps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventRow(
        long timeMs, Type type, String name, @Nullable Long endMs, Map<String, Object> details) {

    /** Sorts of events. */
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
        NOTE
    }

    /** Takes a copy of {@code details}; a missing map is an empty one. */
    @SuppressWarnings({"ConstantConditions", "NullAway"}) // Jackson hands null for a key that is not there
    public EventRow {
        details = details == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A stretch of time without details. */
    public static EventRow span(Type type, String name, long startMs, long endMs) {
        return new EventRow(startMs, type, name, endMs, Map.of());
    }

    /** A moment without details. */
    public static EventRow at(Type type, String name, long timeMs) {
        return new EventRow(timeMs, type, name, null, Map.of());
    }
}
