package dev.kilonode.simulator.cli;

import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.simulator.experiments.suite.SuiteException;
import dev.kilonode.simulator.experiments.suite.SuiteMerge;
import dev.kilonode.simulator.experiments.suite.SuitePages;
import dev.kilonode.simulator.experiments.suite.SuiteVerdict;
import dev.kilonode.simulator.experiments.suite.SuiteWriter;
import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code suite merge DIR...}: one result and one verdict of all shares. */
final class SuiteMergeStep {

    static final String NAME = "merge";

    private static final Set<String> FLAGS =
            Set.of("--out", "--format", "--quiet", "--verbose", "--junit", "--summary-md", "--help");

    private SuiteMergeStep() {}

    static CommandResult run(SuiteFlags flags, Console console) throws Exception {
        List<Path> shares = flags.operands.subList(1, flags.operands.size()).stream()
                .map(text -> ScenarioFlags.path(text, "a folder"))
                .toList();
        if (shares.isEmpty()) {
            throw new UsageException(
                    "suite merge needs the folders of the shares; write kilonode suite merge results/share-1"
                            + " results/share-2 --out results/all");
        }
        flags.sources.forEach((flag, source) -> {
            // A variable of the environment is for those commands that know it.
            if (flag.equals(source) && !FLAGS.contains(flag)) {
                throw new UsageException("suite merge takes no " + flag + ", as it makes no runs; leave it out");
            }
        });
        SuiteMerge merge = new SuiteMerge(shares);
        Path directory = SuiteCommand.directory(flags, "suite-merged");
        if (Files.exists(directory.resolve(Suite.FILE))) {
            throw new SuiteException(directory + " holds a suite already; write --out another-folder");
        }
        Suite plan = merge.plan();
        Suite merged;
        try {
            List<SuiteRun> runs = merge.copy(Files.createDirectories(directory));
            SuiteWriter book = new SuiteWriter(
                    directory,
                    BuildInfo.version(),
                    plan.build(),
                    plan.command(),
                    plan.axes(),
                    null,
                    runs,
                    new SuiteVerdict(merge.missing()));
            if (runs.stream().anyMatch(run -> !run.state().ended())) book.stop();
            book.end();
            merged = book.current();
            SuiteCommand.tell(merged, new SuitePages(directory).write(merged), directory, flags, console);
        } catch (IOException e) {
            throw new EnvironmentException("the shares cannot be merged: " + EnvironmentFailure.words(e, directory));
        }
        flags.copies().write(directory.resolve("junit.xml"), directory.resolve("suite.md"));
        return new CommandResult(ExitCode.of(merged.exitCode()), merged.words(), directory.resolve(SuitePages.PAGE));
    }
}
