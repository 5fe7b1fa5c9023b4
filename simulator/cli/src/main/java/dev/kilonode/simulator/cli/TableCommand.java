package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.compare.Sample;
import dev.kilonode.reports.render.text.GroupTable;
import dev.kilonode.simulator.experiments.evidence.Evidence;
import dev.kilonode.simulator.experiments.evidence.EvidenceTable;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code table DIR...}: compares groups of runs with each other, or with published values, as markdown. Changes nothing. */
final class TableCommand implements Command<TableCommand.Flags> {
    /** What to compare the runs with. */
    static final class Flags extends CommonFlags {
        @Parameter(names = "--targets", description = "published values, such as scenarios/evidence/targets.csv")
        @Nullable
        String targets;
    }

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String operands() {
        return "DIR...";
    }

    @Override
    public String summary() {
        return "compares folders of runs as markdown; --targets FILE: with published values";
    }

    @Override
    public Flags newFlags() {
        return new Flags();
    }

    @Override
    public @Nullable CommandResult run(Flags flags, Console console) throws IOException {
        if (flags.operands.isEmpty())
            throw new UsageException("table needs DIR...; write kilonode table results/one results/other");
        List<RunGroup> groups = new ArrayList<>();
        for (String operand : flags.operands) {
            RunGroup group = RunSearch.group(ScenarioFlags.path(operand, "a folder of runs"));
            groups.add(group);
            if (!flags.quiet) {
                console.err().println(group.label() + ": " + group.words());
                group.leftOut().forEach(reason -> console.err().println("  left out: " + reason));
            }
        }
        console.out().print(flags.targets == null ? GroupTable.of(groups) : against(flags, flags.targets, groups));
        int damaged = groups.stream().mapToInt(RunGroup::damaged).sum();
        return damaged == 0
                ? null
                : new CommandResult(
                        ExitCode.INCONCLUSIVE,
                        DamagedRuns.words(
                                damaged,
                                groups.stream()
                                        .flatMap(group -> group.leftOut().stream())
                                        .toList()));
    }

    private static String against(Flags flags, String targets, List<RunGroup> groups) throws IOException {
        Path file = ScenarioFlags.path(targets, "a file of targets");
        if (!Files.isRegularFile(file))
            throw new UsageException(flags.sourceOf("--targets") + ": there is no file " + file);
        Evidence evidence;
        try {
            evidence = Evidence.of(file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        for (RunGroup group : groups) {
            for (Sample sample : group.samples()) {
                Path directory = sample.directory();
                if (directory != null) evidence.add(group.scenario(), sample.seed(), directory);
            }
        }
        return EvidenceTable.of(evidence);
    }
}
