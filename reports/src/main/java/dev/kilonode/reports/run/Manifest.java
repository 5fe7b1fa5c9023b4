package dev.kilonode.reports.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json}: what was run, by which build, on which machine, and the status of the run.
 *
 * @param schema version of the run directory's layout, {@link #SCHEMA}
 * @param toolVersion version of Kilonode
 * @param name name of the run
 * @param scenario name of the scenario
 * @param scenarioHash hash of the resolved scenario
 * @param seed seed of the run
 * @param clock {@code virtual} or {@code wall}
 * @param nodes number of nodes
 * @param plannedMs planned length on the run's own clock
 * @param command command line that repeats the run
 * @param jvm name and version of the JVM
 * @param os name and version of the operating system
 * @param processors processors available to the JVM
 * @param maxHeapBytes heap limit of the JVM
 * @param pid process that writes the run
 * @param processStartedAt start of that process, which tells it from a later process with the same id; null if unknown
 * @param startedAt start of the run, UTC
 * @param endedAt end of the run, UTC; null while running
 * @param status status of the run
 * @param commit commit that Kilonode was built from, 40 hex digits; null if unknown
 * @param dirty whether the working tree had uncommitted changes at build time; null if unknown
 * @param model version of the simulation model: runs of different versions are not comparable; 0 in files from before it existed
 * @param settingsHash hash of the settings that affect the network and differ from their defaults; null in files from before it existed
 * @param workers processes that ran the nodes, by number; empty if the process that writes the run did, and then absent from the file
 * @param checksums rows, bytes and checksum of each file, by its path below the run's folder; empty in files without them
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkerRow> workers,
        @JsonProperty("seals") Map<String, FileChecksum> checksums) {

    /** Version of the run directory's layout. Versions from {@link #FIRST} on are readable. */
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
    /** The run ended with an error or was killed. */
    public static final String CRASHED = "crashed";

    /** Takes copies of {@code workers} and {@code checksums}. */
    @SuppressWarnings({"ConstantConditions", "NullAway"}) // Jackson passes null for a key that an older file lacks
    public Manifest {
        workers = workers == null ? List.of() : List.copyOf(workers);
        checksums = checksums == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
    }

    /** The manifest of a run that starts now in this process. Facts of the host are filled in; build and model are not set. */
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
                List.of(),
                Map.of());
    }

    /**
     * The same manifest with a build and a model.
     *
     * @param build commit and whether the working tree was dirty; null if unknown
     * @param model version of the model, at least 1
     * @param settingsHash hash of the settings that affect the network and differ from their defaults
     */
    public Manifest of(@Nullable Build build, int model, String settingsHash) {
        return with(
                status,
                endedAt,
                build == null ? null : build.commit(),
                build == null ? null : (Boolean) build.dirty(),
                model,
                settingsHash,
                workers,
                checksums);
    }

    /** The build of Kilonode; null if unknown. */
    public @Nullable Build build() {
        return commit == null ? null : new Build(commit, Boolean.TRUE.equals(dirty));
    }

    /** The same manifest with another status and without an end, for a run that did not write its final checksums. */
    Manifest abandoned(String newStatus) {
        return with(newStatus, null, commit, dirty, model, settingsHash, workers, checksums);
    }

    /** The same manifest with another status and an end. */
    public Manifest ended(String status, Instant at) {
        return with(
                status,
                at.truncatedTo(ChronoUnit.MILLIS).toString(),
                commit,
                dirty,
                model,
                settingsHash,
                workers,
                checksums);
    }

    Manifest withChecksums(Map<String, FileChecksum> newChecksums) {
        return with(status, endedAt, commit, dirty, model, settingsHash, workers, newChecksums);
    }

    /** Processes that ran the nodes: 1 for a run in one process. */
    public int jvms() {
        return Math.max(1, workers.size());
    }

    Manifest withWorkers(List<WorkerRow> newWorkers) {
        return with(status, endedAt, commit, dirty, model, settingsHash, newWorkers, checksums);
    }

    /** The same manifest with the real status: a run that says {@code running} while its process is gone has crashed. */
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
        // each JVM derives the boot time by itself, so the same start may differ by a clock tick
        return wrote == null
                || started == null
                || Duration.between(started, wrote).abs().compareTo(CLOCK_SLACK) < 0;
    }

    /** Null if the text is not a time; another program may have written the file. */
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
            List<WorkerRow> newWorkers,
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
                newWorkers,
                newChecksums);
    }
}
