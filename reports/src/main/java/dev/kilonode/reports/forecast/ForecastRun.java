package dev.kilonode.reports.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of a forecast.
 *
 * @param change what is different from the scenario as given; empty: nothing
 * @param state what came of it
 * @param reachedMs how far the run got on its own clock
 * @param brokeAtMs when it broke; null unless it did
 * @param checks that failed then
 * @param first what was saturated first; null if nothing was
 * @param firstAtMs since when; null if nothing was
 * @param loads how much of each resource was used
 * @param words what the run said of itself
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

    /** What came of a run. */
    public enum State {
        @JsonProperty("waiting")
        WAITING,
        /** A check failed. */
        @JsonProperty("broke")
        BROKE,
        /** It went on to the horizon. */
        @JsonProperty("lasted")
        LASTED,
        /** It went on to the horizon, and too little happened to say anything. */
        @JsonProperty("unclear")
        UNCLEAR,
        /** It was ended before one or the other. */
        @JsonProperty("stopped")
        STOPPED,
        /** It could not be run. */
        @JsonProperty("error")
        ERROR;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
