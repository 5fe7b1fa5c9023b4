package dev.kilonode.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A run without its windows, which is enough to compare many runs of any length.
 *
 * @param directory the run's folder
 * @param manifest its manifest; the status is {@code crashed} if the file says running but the process is gone
 * @param summary null if the run did not write one
 * @param scenario text of {@code scenario.resolved.yaml}; null if the file is missing
 * @param integrity whether the files, including the data, are unchanged since the run wrote them
 */
public record RunHead(
        Path directory,
        Manifest manifest,
        @Nullable Summary summary,
        @Nullable String scenario,
        DataIntegrity integrity) {

    private static final Pattern CLOCK = Pattern.compile("virtual|wall");

    /** @throws IOException if it is not a run directory of a known layout, or is damaged; the message says which file and why */
    public static RunHead read(Path directory) throws IOException {
        Path file = directory.resolve("manifest.json");
        if (!Files.isRegularFile(file)) {
            throw new IOException(directory + " is not a run directory: it has no manifest.json");
        }
        Manifest manifest = known(file, parsed(file, Manifest.class)).asItIs();
        Path summaryFile = RunFile.SUMMARY.in(directory);
        Summary summary =
                Files.isRegularFile(summaryFile) ? known(summaryFile, parsed(summaryFile, Summary.class)) : null;
        Path scenario = directory.resolve("scenario.resolved.yaml");
        return new RunHead(
                directory,
                manifest,
                summary,
                Files.isRegularFile(scenario) ? text(scenario) : null,
                ChecksumVerifier.of(directory));
    }

    /**
     * As {@link RunData#forEachLatency}, for any run directory.
     *
     * @return whether the file could be read to its end
     */
    public static boolean forEachLatency(Path directory, String tag, Consumer<Histogram> histogram) throws IOException {
        return RunData.readHistograms(directory.resolve("data").resolve("latency.hlog"), tag::equals, histogram);
    }

    private static <T> T parsed(Path file, Class<T> type) throws IOException {
        try {
            T value = Json.MAPPER.readValue(text(file), type);
            if (value == null) {
                throw new IOException(file + " is empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IOException(
                    file + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr()) + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("not readable"),
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new IOException(file + " is not text in UTF-8", e);
        }
    }

    private static Manifest known(Path file, Manifest m) throws IOException {
        schema(file, m.schema(), Manifest.FIRST, Manifest.SCHEMA);
        String[] needed = {m.status(), m.scenario(), m.scenarioHash(), m.startedAt(), m.os(), m.jvm(), m.toolVersion()};
        for (String field : needed) {
            if (field == null) {
                throw new IOException(file + " is not the manifest of a Kilonode run: fields are missing");
            }
        }
        clock(file, m.clock());
        return m;
    }

    private static Summary known(Path file, Summary s) throws IOException {
        schema(file, s.schema(), Summary.SCHEMA, Summary.SCHEMA);
        clock(file, s.clock());
        return s;
    }

    private static void schema(Path file, int got, int first, int last) throws IOException {
        if (got < first || got > last) {
            throw new IOException(file + ": schema: got " + got + ", expected " + first
                    + (first == last ? "" : " to " + last)
                    + (got > last ? "; a newer Kilonode wrote it" : "; no Kilonode run has that"));
        }
    }

    private static void clock(Path file, @Nullable String clock) throws IOException {
        if (clock == null || !CLOCK.matcher(clock).matches()) {
            throw new IOException(file + ": clock: got " + clock + ", expected virtual or wall");
        }
    }
}
