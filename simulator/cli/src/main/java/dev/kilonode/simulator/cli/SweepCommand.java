package dev.kilonode.simulator.cli;

import dev.kilonode.reports.suite.SuiteAxis;
import dev.kilonode.simulator.experiments.suite.SuiteException;
import dev.kilonode.simulator.experiments.suite.SuiteSpec;
import dev.kilonode.simulator.experiments.suite.Variation;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code sweep FILE --vary path=a,b}: a run for each combination of values and each seed, one table and one page. */
final class SweepCommand implements Command<SweepFlags> {

    /** Settings that are no part of what a run does, or that have a flag of their own, and what to write instead. */
    private static final Map<String, String> NOT_VARIED = Map.of(
            "name", "runs are named after their values; leave it out",
            "description", "it changes nothing in a run; leave it out",
            "extends", "values are read after the file it extends; write the values that differ",
            "seed", "write --seeds 1..5",
            "checks", "the checks are what all cells are judged by; write them in the scenario");

    private final ScenarioLoader loader;
    private final SuiteCommand suites;

    SweepCommand(ScenarioLoader loader, SuiteCommand suites) {
        this.loader = loader;
        this.suites = suites;
    }

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "runs each combination of some values: a table, CSV and a map of any metric";
    }

    @Override
    public SweepFlags newFlags() {
        return new SweepFlags();
    }

    @Override
    public CommandResult run(SweepFlags flags, Console console) throws Exception {
        String file = flags.operand(name(), "FILE");
        if (flags.vary.isEmpty()) {
            throw new UsageException("sweep needs what to vary; write kilonode sweep " + RunFlags.quoted(file)
                    + " --vary nodes=100,200 --vary transport.shards=8,16");
        }
        flags.refuseSingleRunFlags();
        ScenarioRequest request = flags.scenario(file);
        Scenario unchanged = request.load(loader).scenario();
        List<SuiteAxis> axes = new ArrayList<>();
        List<List<Variation>> values = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        long cells = 1;
        for (String text : flags.vary) {
            List<Variation> along = along(text, unchanged, flags);
            String path = Variation.path(text);
            if (!paths.add(Variation.setting(path))) {
                throw new UsageException(flags.sourceOf("--vary") + ": got " + path
                        + " twice; write all its values in one, such as --vary " + path + "=1,2");
            }
            axes.add(new SuiteAxis(
                    path, along.stream().map(one -> one.values().get(0)).toList()));
            values.add(along);
            cells *= along.size();
            refuseTooMany(cells, flags);
        }
        return suites.make(
                flags,
                axes,
                directory -> new SuiteSpec(
                        List.of(request),
                        Variation.crossed(values),
                        flags.seeds(),
                        flags.repetitions(),
                        flags.share(),
                        flags.mostRuns(),
                        directory,
                        flags.runArguments()),
                console);
    }

    private static List<Variation> along(String text, Scenario unchanged, SweepFlags flags) {
        String root = Variation.path(text).split("[.\\[]", 2)[0];
        String instead = root.startsWith("x-") ? "it is a note; leave it out" : NOT_VARIED.get(root);
        if (instead != null) {
            throw new UsageException(
                    flags.sourceOf("--vary") + ": got " + root + ", which cannot be varied: " + instead);
        }
        try {
            return Variation.parse(text, unchanged);
        } catch (IllegalArgumentException e) {
            throw new SuiteException(flags.sourceOf("--vary") + ": " + e.getMessage());
        }
    }

    private static void refuseTooMany(long cells, SweepFlags flags) {
        long runs = cells * Math.max(1, flags.seeds().size()) * flags.repetitions();
        if (runs <= flags.mostRuns()) return;
        throw new UsageException("got " + runs + " runs, more than " + flags.mostRuns()
                + "; write fewer values or --seeds" + (flags.yes ? "" : ", or --yes if that is what you want"));
    }
}
