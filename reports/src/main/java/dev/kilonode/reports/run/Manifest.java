package dev.kilonode.reports.run;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        String status) {

    /** Version of the run directory's layout. */
    public static final int SCHEMA = 1;

    private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

    /** The run is being written. */
    public static final String RUNNING = "running";
    /** The run went to its end. */
    public static final String COMPLETE = "complete";
    /** The run was ended early on purpose: by an interrupt or by a check. */
    public static final String ABORTED = "aborted";
    /** The run ended by an error or was killed. */
    public static final String CRASHED = "crashed";

    /** A manifest of a run that begins now in this process; host facts are filled in. */
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
                RUNNING);
    }

    /** The same with another status and end. */
    public Manifest ended(String status, Instant at) {
        return with(status, at.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /**
     * The same with the status as it really is: a run that says {@code running}, but whose process is gone, has crashed.
     */
    Manifest asItIs() {
        return status.equals(RUNNING) && !writerIsAlive() ? with(CRASHED, null) : this;
    }

    private boolean writerIsAlive() {
        ProcessHandle process =
                ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
        if (process == null) {
            return false;
        }
        Instant started = process.info().startInstant().orElse(null);
        // each JVM works out the time of boot by itself: the same start may differ by a tick of the clock
        return processStartedAt == null
                || started == null
                || Duration.between(started, Instant.parse(processStartedAt))
                                .abs()
                                .compareTo(CLOCK_SLACK)
                        < 0;
    }

    private Manifest with(String newStatus, @Nullable String newEndedAt) {
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
                newStatus);
    }
}
