package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The folder of a suite's results, which may contain an earlier part of the same suite. */
public final class SuiteFolder {

    private SuiteFolder() {}

    /**
     * The suite in {@code directory}; null if there is none. Runs of two suites or two builds in one folder would be counted as one
     * suite, so they are refused.
     *
     * @param build fingerprint of this program, see {@link BuildFingerprint}
     * @param resume whether to continue the suite that is there
     * @throws SuiteException if it contains another suite than the one to continue
     */
    public static @Nullable Suite before(Path directory, String build, boolean resume) {
        Suite before;
        try {
            before = Files.exists(directory.resolve(Suite.FILE)) ? Suite.read(directory) : null;
        } catch (IOException e) {
            throw new SuiteException(directory.resolve(Suite.FILE) + " cannot be read ("
                    + e.getClass().getSimpleName() + "); write --out another-folder");
        }
        if (before == null) return null;
        if (!resume) {
            throw new SuiteException(
                    directory + " holds a suite already; write --skip-done to finish it, or --out another-folder");
        }
        if (!before.build().equals(build)) {
            throw new SuiteException(directory + " holds runs of another build of Kilonode (" + before.build()
                    + ", this is " + build + "); write --out another-folder");
        }
        return before;
    }

    /** Excludes a run that is made again: its data stay, but without a manifest it does not count as a run. */
    static void setAside(Path run) throws IOException {
        Path manifest = run.resolve("manifest.json");
        if (Files.exists(manifest)) Files.move(manifest, run.resolve(RunSearch.SET_ASIDE));
    }

    /** @throws SuiteException if the folder holds another share, or a whole suite, than the one to continue */
    public static void refuseOtherShare(Path directory, @Nullable Suite before, @Nullable SuiteShare share) {
        if (before == null || Objects.equals(before.share(), share)) return;
        SuiteShare there = before.share();
        String what = there == null ? "a whole suite" : there.toString();
        boolean sameShare = there != null && share != null && there.toString().equals(share.toString());
        throw new SuiteException(
                directory + " holds " + what + (sameShare ? " of another suite" : "") + "; write --out another-folder");
    }
}
