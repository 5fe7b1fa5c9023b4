package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.reports.suite.SuiteShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one suite of the shares that {@code --shard} made. Shares that do not belong together are refused. */
public final class SuiteMerge {

    private final Map<Integer, Path> folders = new TreeMap<>();
    private final Map<Integer, Suite> shares = new TreeMap<>();
    private final Suite plan;
    private final int of;

    /**
     * Reads the shares.
     *
     * @param directories at least one
     * @throws SuiteException if one is no share, or of another build or suite than the first, or there twice
     */
    public SuiteMerge(List<Path> directories) {
        Path first = directories.get(0);
        SuiteShare kind = share(first, read(first));
        of = kind.of();
        plan = plan(first, kind);
        for (Path directory : directories) add(directory, first, kind);
    }

    private static Suite read(Path directory) {
        if (!Files.isRegularFile(directory.resolve(Suite.FILE))) {
            throw new SuiteException(directory + " is no share of a suite, as it has no " + Suite.FILE
                    + "; write the folders that suite --shard 1/N --out DIR made");
        }
        try {
            return Suite.read(directory);
        } catch (IOException e) {
            throw new SuiteException(
                    directory.resolve(Suite.FILE) + " cannot be read (" + e.getMessage() + "); make this share again");
        }
    }

    private static SuiteShare share(Path directory, Suite suite) {
        SuiteShare share = suite.share();
        if (share != null) return share;
        throw new SuiteException(directory + " is a whole suite, not a share of one, so that there is nothing to merge;"
                + " write the folders that suite --shard 1/N --out DIR made");
    }

    private static Suite plan(Path directory, SuiteShare share) {
        Suite plan;
        try {
            plan = Suite.readPlan(directory);
        } catch (IOException e) {
            throw new SuiteException(
                    directory.resolve(Suite.PLAN) + " cannot be read (" + e.getMessage() + "); make this share again");
        }
        if (plan.planHash().equals(share.plan())) return plan;
        throw new SuiteException(directory.resolve(Suite.PLAN) + " is not the plan of " + directory.resolve(Suite.FILE)
                + "; make this share again");
    }

    private void add(Path directory, Path first, SuiteShare kind) {
        Suite suite = read(directory);
        SuiteShare share = share(directory, suite);
        Suite whole = plan(directory, share);
        if (!whole.build().equals(plan.build()) || !suite.build().equals(plan.build())) {
            throw new SuiteException(directory + " is of another build of Kilonode (" + suite.build() + ") than "
                    + first + " (" + plan.build() + "); make all shares with one build");
        }
        if (share.of() != kind.of() || !share.plan().equals(kind.plan())) {
            throw new SuiteException(directory + " is " + share + " of another suite than " + first
                    + ": its scenarios, seeds, values or number of shares differ; make all shares with the same command,"
                    + " but for --shard and --out");
        }
        Path other = folders.putIfAbsent(share.number(), directory);
        if (other != null) {
            throw new SuiteException(other + " and " + directory + " are both " + share + "; leave one of them out");
        }
        shares.put(share.number(), suite);
    }

    /** Builds, command and axes of the suite as a whole. */
    public Suite plan() {
        return plan;
    }

    /** What is missing, in words; empty if all shares are there and have ended. */
    public List<String> missing() {
        List<String> words = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (int number = 1; number <= of; number++) {
            Suite share = shares.get(number);
            if (share == null) absent.add(Integer.toString(number));
            else if (!share.status().equals(Suite.COMPLETE)) {
                words.add("share " + number + " of " + of + " is not complete, finish it with --skip-done");
            }
        }
        if (absent.isEmpty()) return words;
        words.add(
                0,
                (absent.size() == 1 ? "share " : "shares ") + String.join(", ", absent) + " of " + of
                        + (absent.size() == 1 ? " is" : " are") + " missing");
        return words;
    }

    /**
     * Copies the results of all shares.
     *
     * @param to the folder of the merged suite
     * @return the runs of the whole suite, in their order; those of missing shares have not been run
     * @throws SuiteException if results that a share names are not there
     */
    public List<SuiteRun> copy(Path to) throws IOException {
        List<SuiteRun> all = new ArrayList<>();
        List<SuiteRun> planned = plan.runs();
        for (int number = 1; number <= of; number++) {
            int begin = SuiteShare.begin(number, of, planned.size());
            int end = SuiteShare.begin(number + 1, of, planned.size());
            Suite share = shares.get(number);
            if (share == null) {
                String words = "share " + number + " of " + of + " is missing";
                for (SuiteRun run : planned.subList(begin, end)) {
                    all.add(run.with(State.WAITING, null, words, null, 0));
                }
                continue;
            }
            Path folder = Objects.requireNonNull(folders.get(number));
            Map<String, SuiteRun> made = new HashMap<>();
            share.runs().forEach(run -> made.put(run.identity(), run));
            for (SuiteRun run : planned.subList(begin, end)) all.add(copied(made.get(run.identity()), run, folder, to));
            copy(folder.resolve("logs"), to.resolve("logs").resolve("share-" + number));
        }
        return all;
    }

    private static SuiteRun copied(@Nullable SuiteRun made, SuiteRun planned, Path from, Path to) throws IOException {
        if (made == null) throw new SuiteException(from + " lacks " + planned.scenario() + " " + planned.id());
        if (made.state() == State.RUNNING) {
            made = made.with(State.STOPPED, null, "its share ended during the run", made.directory(), made.wallMs());
        }
        String name = made.directory();
        if (name == null) return made;
        Path results = from.resolve(name).normalize();
        if (!results.startsWith(from.normalize()) || !Files.isDirectory(results)) {
            throw new SuiteException(from + " names the results of " + made.scenario() + " " + made.id() + " as " + name
                    + ", which is no folder of it; make this share again with --skip-done");
        }
        copy(results, to.resolve(name));
        return made;
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) return;
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }
}
