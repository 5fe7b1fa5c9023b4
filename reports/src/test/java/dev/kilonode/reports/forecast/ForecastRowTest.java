package dev.kilonode.reports.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.forecast.ForecastRun.State;
import dev.kilonode.reports.render.html.ForecastPage;
import dev.kilonode.reports.render.text.ForecastText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastRowTest {

    private static final long HOUR = 3_600_000;
    private static final long HORIZON = 30 * HOUR;

    private static ForecastRun run(String change, long seed, State state, @Nullable Long brokeAtMs) {
        List<ResourceLoad> loads = List.of(new ResourceLoad(Resource.PEER_MAP_LOCK, 0.1, 0.97, brokeAtMs));
        return new ForecastRun(
                change,
                seed,
                state,
                brokeAtMs == null ? HORIZON : brokeAtMs,
                brokeAtMs,
                brokeAtMs == null ? List.of() : List.of("uploads-stay-fast"),
                brokeAtMs == null ? null : Resource.PEER_MAP_LOCK,
                brokeAtMs,
                loads,
                "words <b>& more",
                null);
    }

    @Test
    void seedsThatLastedCountAsBreakingLastOfAll() {
        ForecastRow row = new ForecastRow(
                "",
                List.of(
                        run("", 1, State.LASTED, null),
                        run("", 2, State.BROKE, 5 * HOUR),
                        run("", 3, State.BROKE, 2 * HOUR),
                        run("", 4, State.STOPPED, null)));
        assertThat(row.earliestMs()).isEqualTo(2 * HOUR);
        assertThat(row.medianMs()).isEqualTo(5 * HOUR);
        assertThat(row.latestMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(row.typical().seed()).isEqualTo(2);
        assertThat(ForecastText.range(row, HORIZON)).isEqualTo("2 h to not within 30 h");
        assertThat(ForecastText.words(row, HORIZON))
                .isEqualTo("breaks after 5 h (2 of 4 seeds broke) by uploads-stay-fast; runs short first:"
                        + " peer-map lock, full after 5 h");
    }

    @Test
    void withoutAnAnswerNoneIsMadeUp() {
        ForecastRow stopped = new ForecastRow("", List.of(run("", 1, State.STOPPED, null)));
        assertThat(stopped.medianMs()).isNull();
        assertThat(ForecastText.breaks(stopped, HORIZON)).isEqualTo("stopped; not before 30 h");
        assertThat(ForecastText.breaks(new ForecastRow("", List.of(run("", 1, State.LASTED, null))), HORIZON))
                .isEqualTo("not within 30 h");
        assertThat(ForecastText.breaks(new ForecastRow("", List.of(run("", 1, State.ERROR, null))), HORIZON))
                .isEqualTo("could not be run");
    }

    @Test
    void everyOutputHoldsTheSameRowsAndNothingUnescaped() throws IOException {
        Forecast forecast = new Forecast(
                Forecast.SCHEMA,
                "test",
                "s<script>",
                "./kilonode forecast s.yaml",
                HORIZON,
                List.of("a <= b"),
                "fail",
                1,
                "breaks",
                List.of(run("", 1, State.BROKE, 3 * HOUR), run("design=scoped-locks", 1, State.LASTED, null)));
        assertThat(forecast.rows()).hasSize(2);
        String page = ForecastPage.of(forecast);
        assertThat(page).contains("design=scoped-locks", "3 h", "not within 30 h", "words &lt;b&gt;&amp; more");
        assertThat(page).doesNotContain("s<script>").doesNotContain("<script").doesNotContain("http://");
        assertThat(ForecastText.markdown(forecast))
                .contains("| design=scoped-locks | not within 30 h |", "10 % → 97 %");
        assertThat(ForecastText.table(forecast)).hasSize(3);
        assertThat(forecast.json())
                .contains("\"broke_at_ms\" : 10800000", "\"first\" : \"peer-map-lock\"", "\"outcome\" : \"lasted\"");
    }
}
