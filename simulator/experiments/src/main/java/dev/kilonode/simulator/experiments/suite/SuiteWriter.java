package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.render.text.SuiteMarkdown;
import dev.kilonode.reports.render.text.SuiteXml;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteAxis;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the state of a suite after every change: {@code suite.json}, {@code suite.md}, {@code junit.xml}. If the suite is killed, they
 * show how far it got.
 */
public final class SuiteWriter {

    /** Computes the verdict on the runs so far. */
    public interface Judge {
        /** The exit code's name in lower case, its number, and a line for people. */
        Judgement of(List<SuiteRun> runs, boolean stopped);
    }

    /** See {@link Suite}. */
    public record Judgement(String verdict, int exitCode, String words) {}

    private final Path directory;
    private final String toolVersion;
    private final String build;
    private final String command;
    private final List<SuiteAxis> axes;
    private final @Nullable SuiteShare share;
    private final Judge judge;
    private final String startedAt = now();
    private final List<SuiteRun> runs;
    private boolean stopped;
    private Suite current;

    /**
     * @param axes what a sweep varies
     * @param share which runs of a larger suite these are; null for all
     * @param runs all planned runs, in their order
     */
    public SuiteWriter(
            Path directory,
            String toolVersion,
            String build,
            String command,
            List<SuiteAxis> axes,
            @Nullable SuiteShare share,
            List<SuiteRun> runs,
            Judge judge)
            throws IOException {
        this.axes = List.copyOf(axes);
        this.share = share;
        this.directory = Files.createDirectories(directory);
        this.toolVersion = toolVersion;
        this.build = build;
        this.command = command;
        this.judge = judge;
        this.runs = new ArrayList<>(runs);
        this.current = write(Suite.RUNNING);
    }

    /** The state on disk. */
    public Suite current() {
        return current;
    }

    Path directory() {
        return directory;
    }

    void put(int index, SuiteRun run) throws IOException {
        runs.set(index, run);
        current = write(stopped ? Suite.STOPPED : Suite.RUNNING);
    }

    /** Records that no more runs are started. Written at once, since the runs under way may take longer than the time left. */
    public void stop() throws IOException {
        stopped = true;
        current = write(Suite.STOPPED);
    }

    /** Records that there is nothing more to come. */
    public void end() throws IOException {
        current = write(stopped ? Suite.STOPPED : Suite.COMPLETE);
    }

    private Suite write(String status) throws IOException {
        Judgement judgement = judge.of(List.copyOf(runs), status.equals(Suite.STOPPED));
        Suite suite = new Suite(
                Suite.SCHEMA,
                toolVersion,
                build,
                command,
                status,
                judgement.verdict(),
                judgement.exitCode(),
                judgement.words(),
                startedAt,
                status.equals(Suite.RUNNING) ? null : now(),
                axes,
                share,
                runs);
        Suite.replace(directory.resolve("junit.xml"), SuiteXml.of(suite));
        Suite.replace(directory.resolve("suite.md"), SuiteMarkdown.of(suite));
        Suite.replace(directory.resolve(Suite.FILE), suite.json());
        return suite;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
