package dev.kilonode.simulator.experiments.forecast;

import dev.kilonode.reports.forecast.FirstFailure;
import dev.kilonode.reports.forecast.Forecast;
import dev.kilonode.reports.forecast.ForecastRow;
import dev.kilonode.reports.forecast.ForecastRun;
import dev.kilonode.reports.forecast.ForecastRun.State;
import dev.kilonode.reports.forecast.ResourceLoad;
import dev.kilonode.reports.forecast.Saturation;
import dev.kilonode.reports.render.html.ForecastPage;
import dev.kilonode.reports.render.text.ForecastText;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.UnreadableRunException;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the state of a forecast after every run: {@code forecast.json}, {@code forecast.html}, {@code summary.md}. */
public final class ForecastWriter {
    private final ForecastPlan plan;
    private final ForecastSpec spec;
    private final Path directory;
    private final StopSignal stop;
    private final Map<String, ForecastRun> ended = new LinkedHashMap<>();

    public ForecastWriter(ForecastPlan plan, ForecastSpec spec, StopSignal stop) {
        this.plan = plan;
        this.spec = spec;
        this.directory = spec.directory();
        this.stop = stop;
    }

    /** Reads the runs that have ended and writes all files. @param runs in the order of the plan */
    public Forecast write(List<SuiteRun> runs) throws IOException {
        List<ForecastRun> cells = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) cells.add(cell(plan.runs().get(i), runs.get(i)));
        long horizonMs = spec.horizon().toMillis();
        List<ForecastRun> first =
                cells.stream().filter(cell -> cell.change().isEmpty()).toList();
        ForecastRow unchanged = new ForecastRow("", first);
        ExitCode exit = exit(unchanged, runs);
        Forecast forecast = new Forecast(
                Forecast.SCHEMA,
                BuildInfo.version(),
                plan.scenario().name(),
                spec.command(),
                horizonMs,
                plan.rules().words(),
                exit.name().toLowerCase(Locale.ROOT),
                exit.number(),
                plan.scenario().name() + " " + ForecastText.words(unchanged, horizonMs),
                cells);
        Suite.replace(directory.resolve("summary.md"), ForecastText.markdown(forecast));
        Suite.replace(directory.resolve("forecast.html"), ForecastPage.of(forecast));
        Suite.replace(directory.resolve(Forecast.FILE), forecast.json());
        return forecast;
    }

    /** Exit code of the unchanged scenario. Variations do not affect it, but one that could not be run is reported. */
    private ExitCode exit(ForecastRow unchanged, List<SuiteRun> runs) {
        ExitCode exit = ExitCode.PASS;
        if (unchanged.count(State.BROKE) > 0) exit = ExitCode.FAIL;
        if (unchanged.count(State.BROKE) + unchanged.count(State.LASTED)
                < unchanged.runs().size()) exit = exit.or(ExitCode.INCONCLUSIVE);
        for (SuiteRun run : runs) {
            Integer code = run.exitCode();
            if (code != null && run.state() == SuiteRun.State.ERROR) exit = exit.or(ExitCode.of(code));
        }
        ExitCode cause = stop.cause();
        return cause == null ? exit : exit.or(cause);
    }

    private ForecastRun cell(ForecastPlan.Planned planned, SuiteRun run) throws IOException {
        String name = run.directory();
        boolean going = run.state() == SuiteRun.State.WAITING || run.state() == SuiteRun.State.RUNNING;
        if (name == null || going) {
            State outcome = going ? State.WAITING : run.state() == SuiteRun.State.STOPPED ? State.STOPPED : State.ERROR;
            return new ForecastRun(
                    planned.change(),
                    run.seed(),
                    outcome,
                    0,
                    null,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    run.words(),
                    name);
        }
        String key = name + " " + run.state();
        ForecastRun known = ended.get(key);
        if (known == null) ended.put(key, known = read(planned, run, name));
        return known;
    }

    private ForecastRun read(ForecastPlan.Planned planned, SuiteRun run, String name) throws IOException {
        RunData data;
        try {
            data = RunData.read(directory.resolve(name));
        } catch (UnreadableRunException e) {
            return unusable(planned, run, name, String.valueOf(e.getMessage()));
        }
        if (!data.integrity().intact())
            return unusable(
                    planned, run, name, "the data are " + data.integrity().words());
        FirstFailure broke = FirstFailure.of(data);
        List<ResourceLoad> loads = Saturation.of(data, planned.capacity());
        ResourceLoad first = Saturation.first(loads).orElse(null);
        return new ForecastRun(
                planned.change(),
                run.seed(),
                outcome(run, broke, data),
                data.lastMs(),
                broke == null ? null : broke.atMs(),
                broke == null ? List.of() : broke.checks(),
                first == null ? null : first.resource(),
                first == null ? null : first.saturatedAtMs(),
                loads,
                run.words(),
                name);
    }

    private static ForecastRun unusable(ForecastPlan.Planned planned, SuiteRun run, String name, String words) {
        return new ForecastRun(
                planned.change(), run.seed(), State.ERROR, 0, null, List.of(), null, null, List.of(), words, name);
    }

    private State outcome(SuiteRun run, @Nullable FirstFailure broke, RunData data) {
        if (broke != null) return State.BROKE;
        if (run.state() == SuiteRun.State.ERROR) return State.ERROR;
        if (data.lastMs() < spec.horizon().toMillis()) return State.STOPPED;
        return run.state() == SuiteRun.State.INCONCLUSIVE ? State.UNCLEAR : State.LASTED;
    }
}
