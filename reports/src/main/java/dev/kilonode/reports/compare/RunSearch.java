package dev.kilonode.reports.compare;

import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.run.Summary;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the runs in a folder, and separates usable from unusable ones. */
public final class RunSearch {

    /** {@code results/NAME/RUN}, and a folder around them. */
    private static final int DEPTH = 4;

    /** A file that only runs have. */
    private static final Path DATA = Path.of("data", "windows.csv");

    /** The manifest of a run that was repeated later; the folder no longer counts as a run. */
    public static final String SET_ASIDE = "manifest.replaced.json";

    private final List<Found> usable = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private int lost;
    private int damaged;

    private record Found(
            Sample sample,
            Manifest manifest,
            String hash,
            @Nullable Settings settings) {}

    private RunSearch() {}

    /**
     * The runs of one side: the run itself for a run directory, all runs below any other folder. Of several scenarios, the one that ran
     * last is used; in virtual time, the last run of each seed.
     *
     * @throws ComparisonException if there is no usable run; the message says why
     */
    public static RunGroup group(Path folder) {
        var search = new RunSearch();
        search.look(folder);
        return search.group(folder.toString());
    }

    /** All runs below a folder, of any scenario. */
    static RunSearch below(Path folder) {
        var search = new RunSearch();
        search.look(folder);
        return search;
    }

    /** Each usable run as a group of its own, in order of time. */
    List<RunGroup> inOrderOfTime() {
        usable.sort(Comparator.comparing(found -> found.sample.started()));
        return usable.stream()
                .map(found -> group("", found, List.of(found.sample), List.of(), 0, 0))
                .toList();
    }

    /** Unusable runs, each with its reason. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** How many of those are damaged. */
    int damaged() {
        return damaged;
    }

    private void look(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ComparisonException(
                    Files.exists(folder)
                            ? folder + " is a file, expected a run directory or a folder of runs"
                            : "there is no " + folder
                                    + "; write a run directory, such as results/latest, or a folder of runs");
        }
        List<Path> runs = Files.exists(folder.resolve("manifest.json")) ? List.of(folder) : runsIn(folder);
        if (runs.isEmpty()) {
            throw new ComparisonException(folder
                    + " holds no run: neither it nor a folder below it has a manifest.json; kilonode run"
                    + " writes runs to results/NAME");
        }
        runs.forEach(this::take);
    }

    private void take(Path directory) {
        RunHead head;
        try {
            head = RunHead.read(directory);
        } catch (IOException e) {
            damaged += Files.exists(directory.resolve(DATA)) ? 1 : 0; // manifest.json is a common file name
            leftOut.add(e.getMessage() == null ? directory + " cannot be read" : e.getMessage());
            return;
        }
        if (!head.integrity().intact()) {
            damaged++;
            leftOut.add(directory + " is " + head.integrity().words());
            return;
        }
        Summary summary = head.summary();
        String status = head.manifest().status();
        if (summary == null || !status.equals(Manifest.COMPLETE)) {
            lost++;
            leftOut.add(directory + " "
                    + switch (status) {
                        case Manifest.COMPLETE -> "has no summary.json";
                        case Manifest.RUNNING -> "is still running";
                        case Manifest.ABORTED -> "was stopped before its end";
                        case Manifest.CRASHED -> "was killed or crashed before its end";
                        default -> "has the status " + status + ", which is unknown here";
                    });
            return;
        }
        Settings settings;
        try {
            String scenario = head.scenario();
            settings = scenario == null ? null : Settings.of(scenario);
        } catch (IOException e) {
            leftOut.add(directory + ": scenario.resolved.yaml cannot be read");
            return;
        }
        String hash = Objects.requireNonNullElseGet(
                head.manifest().settingsHash(),
                () -> settings == null ? head.manifest().scenarioHash() : settings.hash());
        usable.add(new Found(Sample.of(head, summary), head.manifest(), hash, settings));
    }

    private RunGroup group(String label) {
        if (usable.isEmpty()) {
            throw new ComparisonException(label + " holds no run that can be used: " + firstOf(leftOut));
        }
        usable.sort(Comparator.comparing(found -> found.sample.started()));
        Found newest = usable.get(usable.size() - 1);
        var taken = new ArrayList<Found>();
        var bySeed = new LinkedHashMap<Long, Found>();
        int others = 0;
        for (Found found : usable) {
            if (!found.hash.equals(newest.hash)
                    || found.manifest.model() != newest.manifest.model()
                    || !found.manifest.clock().equals(newest.manifest.clock())
                    || found.manifest.jvms() != newest.manifest.jvms()) {
                others++;
            } else if (newest.manifest.clock().equals("virtual")) {
                bySeed.put(found.sample.seed(), found); // the later one replaces the earlier
            } else {
                taken.add(found);
            }
        }
        taken.addAll(bySeed.values());
        if (others > 0) {
            leftOut.add(counted(others, "run") + " in " + label + " of other scenarios, or of another version of "
                    + newest.manifest.scenario()
                    + " or of the model, or in another number of JVMs, than the newest one");
        }
        int older = usable.size() - others - taken.size();
        if (older > 0) {
            leftOut.add(counted(older, "run") + " in " + label + " of seeds that ran again later");
        }
        List<Sample> samples = taken.stream()
                .map(Found::sample)
                .sorted(Comparator.comparingLong(Sample::seed).thenComparing(Sample::started))
                .toList();
        return group(label, newest, samples, leftOut, lost, damaged);
    }

    private static RunGroup group(
            String label, Found one, List<Sample> samples, List<String> leftOut, int lost, int damaged) {
        return new RunGroup(
                label,
                one.manifest.scenario(),
                one.hash,
                one.settings,
                one.manifest.model(),
                one.manifest.clock(),
                one.manifest.jvms(),
                Platform.of(one.manifest),
                samples,
                leftOut,
                lost,
                damaged);
    }

    static String counted(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static String firstOf(List<String> reasons) {
        String rest = reasons.size() > 1 ? ", and " + (reasons.size() - 1) + " more" : "";
        return reasons.isEmpty() ? "nothing there" : reasons.get(0) + rest;
    }

    private static List<Path> runsIn(Path folder) {
        var runs = new ArrayList<Path>();
        try {
            // links are not followed, else "latest" would count a run twice
            Files.walkFileTree(
                    Files.isSymbolicLink(folder) ? folder.toRealPath() : folder,
                    EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                    DEPTH,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                            boolean isRun = Files.exists(at.resolve("manifest.json"))
                                    || Files.exists(at.resolve(DATA)) && !Files.exists(at.resolve(SET_ASIDE));
                            if (isRun) {
                                runs.add(at);
                            }
                            return isRun ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path at, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new ComparisonException(folder + " cannot be read: " + e.getMessage());
        }
        runs.sort(null);
        return runs;
    }
}
