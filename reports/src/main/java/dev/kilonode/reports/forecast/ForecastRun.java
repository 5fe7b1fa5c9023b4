package dev.kilonode.reports.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of a forecast.
 *
 * @param change difference from the given scenario; empty: none
 * @param state state of the run
 * @param reachedMs how far the run got on its own clock
 * @param brokeAtMs when it broke; null if it did not
 * @param checks checks that failed then
 * @param first resource that was saturated first; null if none was
 * @param firstAtMs start of that saturation; null if there was none
 * @param loads utilisation of each resource
 * @param words last line of the run
 * @param directory run directory, relative to the forecast's; null while there is none
 */
public record ForecastRun(
        String change,
        long seed,
        @JsonProperty("outcome") State state,
        long reachedMs,
        @Nullable Long brokeAtMs,
        List<String> checks,
        @Nullable Resource first,
        @Nullable Long firstAtMs,
        List<ResourceLoad> loads,
        String words,
        @Nullable String directory) {

    /** State of a run. */
    public enum State {
        @JsonProperty("waiting")
        WAITING,
        /** A check failed. */
        @JsonProperty("broke")
        BROKE,
        /** It reached the horizon. */
        @JsonProperty("lasted")
        LASTED,
        /** It reached the horizon with too few data for a result. */
        @JsonProperty("unclear")
        UNCLEAR,
        /** It was stopped before either. */
        @JsonProperty("stopped")
        STOPPED,
        /** It could not be executed. */
        @JsonProperty("error")
        ERROR;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
