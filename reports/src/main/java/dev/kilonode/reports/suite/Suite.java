package dev.kilonode.reports.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.reports.run.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code suite.json}: scenarios x seeds x repetitions, and the result of each run. Its schema is {@code docs/suite.schema.json}.
 *
 * @param schema version of this file, {@link #SCHEMA}
 * @param toolVersion version of Kilonode
 * @param build fingerprint of the code that ran
 * @param command command line
 * @param status {@code running}, {@code complete} or {@code stopped}; {@code running} also after the suite's process was killed
 * @param verdict {@code pass}, {@code fail}, {@code inconclusive} or another exit code's name, over the runs so far
 * @param exitCode exit code of the verdict
 * @param words the verdict and the progress in one line
 * @param startedAt start of the suite, UTC
 * @param endedAt end of the suite, UTC; null until then
 * @param axes what a sweep varies, in the order of its values in each run; empty otherwise
 * @param share which runs of a larger suite these are; null for all
 * @param runs runs in order of execution
 */
public record Suite(
        int schema,
        String toolVersion,
        String build,
        String command,
        String status,
        String verdict,
        int exitCode,
        String words,
        String startedAt,
        @Nullable String endedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SuiteAxis> axes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SuiteShare share,
        List<SuiteRun> runs) {

    /** Version of the file's layout. */
    public static final int SCHEMA = 1;

    /** Name of the file in the suite's folder. */
    public static final String FILE = "suite.json";

    /** The same before any run, with all runs of the larger suite, in the folder of a share. */
    public static final String PLAN = "plan.json";

    /** Some runs have not ended. */
    public static final String RUNNING = "running";
    /** Every run has ended. */
    public static final String COMPLETE = "complete";
    /** Ended early on request. */
    public static final String STOPPED = "stopped";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Takes a copy of the runs. */
    public Suite {
        axes = axes == null ? List.of() : List.copyOf(axes); // a file written before there were sweeps has none
        runs = List.copyOf(runs);
    }

    /** Identifies the scenarios, seeds and repetitions of all runs, whatever came of them. */
    public String planHash() {
        Fingerprint fingerprint = new Fingerprint();
        for (SuiteRun run : runs) fingerprint.add(run.identity().getBytes(StandardCharsets.UTF_8));
        return fingerprint.hex();
    }

    /** Number of runs that ended by themselves. */
    public long ended() {
        return runs.stream().filter(run -> run.state().ended()).count();
    }

    /** Number of runs in {@code state}. */
    public long count(SuiteRun.State state) {
        return runs.stream().filter(run -> run.state() == state).count();
    }

    /**
     * Reads a suite.
     *
     * @param directory the suite's folder
     * @throws IOException if there is no readable {@code suite.json}, or it is of a newer layout; the message says so
     */
    public static Suite read(Path directory) throws IOException {
        return readFile(directory.resolve(FILE));
    }

    /** Reads the plan of the larger suite from the folder of a share, see {@link #PLAN}. */
    public static Suite readPlan(Path directory) throws IOException {
        return readFile(directory.resolve(PLAN));
    }

    private static Suite readFile(Path file) throws IOException {
        Suite suite = MAPPER.readValue(Files.readString(file), Suite.class);
        if (suite.schema() != SCHEMA) {
            throw new IOException(file + ": got schema " + suite.schema() + ", expected " + SCHEMA);
        }
        return suite;
    }

    /** The file's text. */
    public String json() throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /** Replaces a file atomically: a reader sees the old content or the new one. */
    public static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, text.getBytes(StandardCharsets.UTF_8));
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
