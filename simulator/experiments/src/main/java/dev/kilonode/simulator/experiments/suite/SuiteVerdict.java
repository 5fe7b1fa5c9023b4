package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.reports.suite.SuiteShare;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The verdict on a suite: the exit code with the highest precedence, and how far the suite got. */
public final class SuiteVerdict implements SuiteWriter.Judge {

    private static final int NAMED = 3;
    private static final int MOST_WORDS = 120;

    private final StopSignal stop;
    private final String subject;
    private final List<String> missing;

    /** @param share which runs of a larger suite it judges; null for all */
    public SuiteVerdict(StopSignal stop, @Nullable SuiteShare share) {
        this.stop = stop;
        this.subject = share == null ? "" : share + ": ";
        this.missing = List.of();
    }

    /**
     * The verdict on merged shares.
     *
     * @param missing what is missing of the suite, in words; such a suite has not passed
     */
    public SuiteVerdict(List<String> missing) {
        this.stop = new StopSignal();
        this.subject = "";
        this.missing = List.copyOf(missing);
    }

    @Override
    public SuiteWriter.Judgement of(List<SuiteRun> runs, boolean stopped) {
        ExitCode exit = ExitCode.PASS;
        long ended = 0;
        for (SuiteRun run : runs) {
            Integer code = run.exitCode();
            if (code != null) exit = exit.or(ExitCode.of(code));
            if (run.state().ended()) ended++;
        }
        // runs that were not made have not passed
        if (ended < runs.size() || !missing.isEmpty()) exit = exit.or(ExitCode.INCONCLUSIVE);
        ExitCode cause = stop.cause();
        if (stopped && cause != null) exit = exit.or(cause);
        return new SuiteWriter.Judgement(
                exit.name().toLowerCase(Locale.ROOT), exit.number(), subject + words(runs, ended, stopped));
    }

    private String words(List<SuiteRun> runs, long ended, boolean stopped) {
        List<String> parts = new ArrayList<>(missing);
        if (ended < runs.size())
            parts.add((stopped ? "stopped after " : "so far ") + ended + " of " + runs.size() + " runs");
        add(parts, runs, State.ERROR, " could not be evaluated");
        add(parts, runs, State.FAIL, " failed");
        add(parts, runs, State.INCONCLUSIVE, runs.size() == 1 ? " was inconclusive" : " inconclusive");
        if (parts.isEmpty()) return runs.size() == 1 ? "the one run passed" : "all " + runs.size() + " runs passed";
        if (parts.size() == 1 + missing.size() && ended < runs.size())
            parts.add(ended == 0 ? "none has ended" : "all these passed");
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, List<SuiteRun> runs, State state, String what) {
        List<SuiteRun> these = runs.stream().filter(run -> run.state() == state).toList();
        if (these.isEmpty()) return;
        List<String> named = new ArrayList<>(
                these.stream().limit(NAMED).map(SuiteVerdict::named).toList());
        if (these.size() > NAMED) named.add("and " + (these.size() - NAMED) + " more");
        parts.add(these.size() + " of " + runs.size() + (runs.size() == 1 ? " run" : " runs") + what + ": "
                + String.join(", ", named));
    }

    /** Names a run with its result: {@code smoke seed 7 (1 of 4 checks failed: no-drops)}. */
    public static String named(SuiteRun run) {
        String words = run.words().split("; ", 2)[0]; // what decided; the run's own page has the rest
        return run.scenario() + " " + run.id() + " (" + PlainText.line(words, MOST_WORDS) + ")";
    }
}
