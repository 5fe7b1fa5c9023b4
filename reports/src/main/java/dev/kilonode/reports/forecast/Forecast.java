package dev.kilonode.reports.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * {@code forecast.json}: when a scenario breaks, and how variations of the scenario affect that.
 *
 * @param schema version of this file, {@link #SCHEMA}
 * @param command command line
 * @param horizonMs longest run, on its own clock
 * @param rules what counts as broken, one rule per line
 * @param verdict name of the exit code in lower case
 * @param words the result in one line
 * @param runs runs in order of execution; those of the unchanged scenario first
 */
public record Forecast(
        int schema,
        String toolVersion,
        String scenario,
        String command,
        long horizonMs,
        List<String> rules,
        String verdict,
        int exitCode,
        String words,
        @JsonProperty("cells") List<ForecastRun> runs) {

    /** Version of the file's layout. */
    public static final int SCHEMA = 1;

    /** Name of the file in the forecast's folder. */
    public static final String FILE = "forecast.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public List<ForecastRow> rows() {
        return ForecastRow.of(runs);
    }

    /** The file's text. */
    public String json() throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }
}
