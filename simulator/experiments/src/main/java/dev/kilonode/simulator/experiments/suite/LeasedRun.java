package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.FileTree;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.control.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run on a worker. Its files come into a folder of their own, which becomes the run's folder when they are complete, so that a run is there
 * as a whole or not at all. One thread.
 */
final class LeasedRun implements RunUnderWay {

    private enum Stage {
        MAKING,
        MADE,
        /** Its worker is gone, or its results are not complete. */
        LOST,
        STOPPED,
        OVERDUE
    }

    private static final String INCOMING = "incoming";

    /** Names of the files of a run; nothing else is written. */
    private static final String FILE = "[A-Za-z0-9][A-Za-z0-9._=-]*(/[A-Za-z0-9][A-Za-z0-9._=-]*){0,5}";

    private final PlannedRun planned;
    private final long lease;
    private final Path suite;
    private final Path incoming;
    private final long startedNanos = System.nanoTime();
    private final Map<String, Long> received = new HashMap<>();
    private long heardNanos = startedNanos;
    private double done;
    private Stage stage = Stage.MAKING;
    private String lostWhy = "";
    private String unfit = "";
    private int lostExit = ExitCode.FAIL.number();
    private @Nullable RunOutcome outcome;
    private @Nullable String directory;

    /** @param suite the suite's folder */
    LeasedRun(PlannedRun planned, long lease, Path suite) throws IOException {
        this.planned = planned;
        this.lease = lease;
        this.suite = suite;
        this.incoming = suite.resolve(INCOMING).resolve(Long.toString(lease));
        FileTree.delete(incoming); // of a coordinator that was killed
        Files.createDirectories(incoming);
    }

    long lease() {
        return lease;
    }

    void goesOn(double newDone) {
        heardNanos = System.nanoTime();
        done = newDone;
    }

    boolean isHeardWithin(Duration span) {
        return System.nanoTime() - heardNanos <= span.toNanos();
    }

    void take(Report.Content content) throws IOException {
        heardNanos = System.nanoTime();
        if (!content.file().matches(FILE)) {
            lose("it has sent a file with a name that no run has");
            return;
        }
        Path file = incoming.resolve(content.file());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content.bytes(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        received.merge(content.file(), (long) content.bytes().length, Long::sum);
    }

    /** Everything has come. */
    void made(Report.Made made) throws IOException {
        if (stage != Stage.MAKING) return;
        if (!received.equals(made.files())) {
            lose("not all of its results have arrived");
            return;
        }
        outcome = RunOutcome.of(made.exit(), made.output(), made.lastLine());
        if (outcome.wasKilled()) {
            lose("its process was ended by signal 9");
            return;
        }
        int exit = made.exit() - ProcessLauncher.OWN;
        if (exit == ExitCode.USAGE.number() || exit == ExitCode.ENVIRONMENT.number()) {
            unfit = outcome.of(planned.run(), null, 0, "").words();
            lostExit = exit;
            lose(unfit);
            return;
        }
        directory = place();
        stage = Stage.MADE;
    }

    /**
     * Why its worker cannot make runs of this suite: it has too little memory, or lacks a design. The coordinator could load the scenario, so
     * that it is not the scenario. Empty if there is no such reason.
     */
    String unfit() {
        return unfit;
    }

    /** Moves the run's folder, {@code scenario/name}, to where runs of the suite lie. */
    private @Nullable String place() throws IOException {
        Path manifest;
        try (Stream<Path> files = Files.find(incoming, 3, (path, attributes) -> path.endsWith("manifest.json"))) {
            manifest = files.findFirst().orElse(null);
        }
        String name = null;
        if (manifest != null) {
            Path run = Objects.requireNonNull(manifest.getParent());
            name = incoming.relativize(run).toString();
            Path target = suite.resolve(name);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.move(run, target);
        }
        FileTree.delete(incoming);
        return name;
    }

    void lose(String why) {
        if (stage != Stage.MAKING) return;
        stage = Stage.LOST;
        lostWhy = why;
        discard();
    }

    /** Removes what has come of a run that is not made to its end. */
    void discard() {
        try {
            FileTree.delete(incoming);
        } catch (IOException e) {
            return; // a later run under this number removes it
        }
    }

    @Override
    public PlannedRun planned() {
        return planned;
    }

    @Override
    public boolean isAlive() {
        return stage == Stage.MAKING;
    }

    @Override
    public long wallNanos() {
        return System.nanoTime() - startedNanos;
    }

    @Override
    public double done() {
        return done;
    }

    @Override
    public void stop() {
        if (stage != Stage.MAKING) return;
        stage = Stage.STOPPED;
        discard();
    }

    @Override
    public void kill() {
        if (stage != Stage.MAKING) return;
        stage = Stage.OVERDUE;
        discard();
    }

    @Override
    public boolean wasLost() {
        return stage == Stage.LOST;
    }

    @Override
    public SuiteRun result() {
        SuiteRun run = planned.run();
        long wallMs = wallNanos() / 1_000_000;
        return switch (stage) {
            case MADE -> Objects.requireNonNull(outcome).of(run, directory, wallMs, "the log of its worker");
            case LOST ->
                unfit.isEmpty()
                        ? run.with(State.FAIL, lostExit, "its worker was lost: " + lostWhy, null, wallMs)
                        : run.with(State.ERROR, lostExit, "its worker could not make it: " + unfit, null, wallMs);
            case STOPPED -> run.with(State.STOPPED, null, "stopped with the suite", null, wallMs);
            case OVERDUE ->
                run.with(State.FAIL, 1, "over its time budget, and its worker did not end it", null, wallMs);
            case MAKING -> throw new IllegalStateException("the run has no result yet");
        };
    }

    /** Removes the folder of what comes, if nothing is in it. */
    static void removeFolder(Path suite) {
        try {
            Files.deleteIfExists(suite.resolve(INCOMING));
        } catch (IOException e) {
            return; // a later suite in this folder uses it
        }
    }
}
