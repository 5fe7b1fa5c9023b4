package dev.kilonode.reports.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: what was run, by what, where, and how it stands.
 *
 * @param schema           version of the run directory's layout, {@link #SCHEMA}
 * @param toolVersion      version of Kilonode
 * @param name             name of the run
 * @param scenario         name of the scenario
 * @param scenarioHash     hash of the resolved scenario
 * @param seed             seed of the run
 * @param clock            {@code virtual} or {@code wall}
 * @param nodes            number of nodes
 * @param plannedMs        planned length on the run's own clock
 * @param command          command line that repeats the run
 * @param jvm              name and version of the JVM
 * @param os               name and version of the operating system
 * @param processors       processors the JVM saw
 * @param maxHeapBytes     heap limit of the JVM
 * @param pid              process that writes the run
 * @param processStartedAt when that process began, so that a reused number is not taken for it; null if unknown
 * @param startedAt        when the run began, UTC
 * @param endedAt          when it ended, UTC; null while running
 * @param status           how it stands
 * @param commit           commit that Kilonode was built from, 40 hex digits; null if unknown
 * @param dirty            whether the tree held changes beside that commit when it was built; null if unknown
 * @param model            version of the model: runs of different ones are different networks; 0 in files older than it
 * @param settingsHash     hash of the settings that decide the network and are not at their defaults; null in files older than it
 * @param checksums        rows, bytes and checksum of each file, by its path below the run's folder; empty in files without them
 */
public record Manifest(
        int schema,
        String toolVersion,
        String name,
        String scenario,
        String scenarioHash,
        long seed,
        String clock,
        int nodes,
        long plannedMs,
        String command,
        String jvm,
        String os,
        int processors,
        long maxHeapBytes,
        long pid,
        @Nullable String processStartedAt,
        String startedAt,
        @Nullable String endedAt,
        String status,
        @Nullable String commit,
        @Nullable Boolean dirty,
        int model,
        @Nullable String settingsHash,
        @JsonProperty("seals") Map<String, FileChecksum> checksums) {

    /** Version of the run directory's layout. Older ones, from {@link #FIRST} on, can be read. */
    public static final int SCHEMA = 2;

    static final int FIRST = 1;
    static final int FIRST_WITH_CHECKSUMS = 2;

    private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

    /** The run is being written. */
    public static final String RUNNING = "running";
    /** The run went to its end. */
    public static final String COMPLETE = "complete";
    /** The run was ended early on purpose: by an interrupt or by a check. */
    public static final String ABORTED = "aborted";
    /** The run ended by an error or was killed. */
    public static final String CRASHED = "crashed";

    /** Takes a copy of {@code checksums}. */
    @SuppressWarnings({"ConstantConditions", "NullAway"
    }) // Jackson hands null for a key that an older file does not have
    public Manifest {
        checksums = checksums == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
    }

    /** A manifest of a run that begins now in this process; host facts are filled in, build and model are left open. */
    public static Manifest starting(
            String toolVersion,
            String name,
            String scenario,
            String scenarioHash,
            long seed,
            String clock,
            int nodes,
            long plannedMs,
            String command) {
        ProcessHandle self = ProcessHandle.current();
        return new Manifest(
                SCHEMA,
                toolVersion,
                name,
                scenario,
                scenarioHash,
                seed,
                clock,
                nodes,
                plannedMs,
                command,
                ManagementFactory.getRuntimeMXBean().getVmName() + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                self.pid(),
                self.info().startInstant().map(Instant::toString).orElse(null),
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                null,
                RUNNING,
                null,
                null,
                0,
                null,
                Map.of());
    }

    /**
     * The same of a build and a model.
     *
     * @param build        commit and whether the tree was dirty; null if unknown
     * @param model        version of the model, at least 1
     * @param settingsHash hash of the settings that decide the network and are not at their defaults
     */
    public Manifest of(@Nullable Build build, int model, String settingsHash) {
        return with(
                status,
                endedAt,
                build == null ? null : build.commit(),
                build == null ? null : (Boolean) build.dirty(),
                model,
                settingsHash,
                checksums);
    }

    /** What Kilonode was built from; null if unknown. */
    public @Nullable Build build() {
        return commit == null ? null : new Build(commit, Boolean.TRUE.equals(dirty));
    }

    /** The same with another status, of a run that did not come to write its last seal: what follows the last flush is not sealed. */
    Manifest abandoned(String newStatus) {
        return with(newStatus, null, commit, dirty, model, settingsHash, checksums);
    }

    /** The same with another status and end. */
    public Manifest ended(String status, Instant at) {
        return with(
                status, at.truncatedTo(ChronoUnit.MILLIS).toString(), commit, dirty, model, settingsHash, checksums);
    }

    Manifest withChecksums(Map<String, FileChecksum> newChecksums) {
        return with(status, endedAt, commit, dirty, model, settingsHash, newChecksums);
    }

    /**
     * The same with the status as it really is: a run that says {@code running}, but whose process is gone, has crashed.
     */
    Manifest asItIs() {
        return status.equals(RUNNING) && !writerIsAlive() ? abandoned(CRASHED) : this;
    }

    private boolean writerIsAlive() {
        ProcessHandle process =
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
        if (process == null) {
            return false;
        }
        Instant started = process.info().startInstant().orElse(null);
        Instant wrote = processStartedAt == null ? null : instant(processStartedAt);
        // each JVM works out the time of boot by itself: the same start may differ by a tick of the clock
        return wrote == null
                || started == null
                || Duration.between(started, wrote).abs().compareTo(CLOCK_SLACK) < 0;
    }

    /** Null if it is none: the file may be anybody's. */
    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Manifest with(
            String newStatus,
            @Nullable String newEndedAt,
            @Nullable String newCommit,
            @Nullable Boolean newDirty,
            int newModel,
            @Nullable String newSettingsHash,
            Map<String, FileChecksum> newChecksums) {
        return new Manifest(
                schema,
                toolVersion,
                name,
                scenario,
                scenarioHash,
                seed,
                clock,
                nodes,
                plannedMs,
                command,
                jvm,
                os,
                processors,
                maxHeapBytes,
                pid,
                processStartedAt,
                startedAt,
                newEndedAt,
                newStatus,
                newCommit,
                newDirty,
                newModel,
                newSettingsHash,
                newChecksums);
    }
}
