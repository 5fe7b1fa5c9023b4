package dev.kilonode.reports.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files of a run with the checksums in its manifest. An intact file is streamed once; a damaged file is examined row by row.
 */
final class ChecksumVerifier {

    private static final int MOST_NAMED = 5;

    private final Path directory;
    private final Manifest manifest;
    /** Whether the run wrote its final checksums. If not, a file may be longer than its checksum covers. */
    private final boolean ended;

    private ChecksumVerifier(Path directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
        this.ended = manifest.endedAt() != null;
    }

    /** @throws UnreadableRunException if there is no readable {@code manifest.json} */
    static DataIntegrity of(Path directory) throws IOException {
        JsonNode json = ManifestFile.tree(directory, directory.resolve("manifest.json"));
        if (!json.has(ManifestFile.CHECKSUM) && json.path("schema").asInt() < Manifest.FIRST_WITH_CHECKSUMS) {
            return DataIntegrity.NO_CHECKSUMS;
        }
        var problems = new ArrayList<String>();
        if (!json.path(ManifestFile.CHECKSUM).asText().equals(ManifestFile.checksum(json))) {
            problems.add("manifest.json: changed after the run wrote it");
        }
        var check = new ChecksumVerifier(directory, ManifestFile.value(directory, json));
        for (RunFile file : RunFile.values()) {
            String problem = check.problem(file);
            if (problem != null) {
                problems.add(file.path() + ": " + problem);
            }
        }
        return new DataIntegrity(true, problems);
    }

    private @Nullable String problem(RunFile file) {
        FileChecksum expected = manifest.checksums().get(file.path());
        Path path = file.in(directory);
        boolean there = Files.isRegularFile(path);
        if (expected == null) {
            return there && ended ? "the run did not write it" : null;
        }
        if (!there) {
            return Files.exists(path) ? "not a file" : "missing, it had " + counted(expected.rows(), "row");
        }
        try {
            FileChecksum next = manifest.checksums().get(file.nextPath());
            if (next != null && checksum(path, next).matches(next) && Files.size(path) == next.bytes()) {
                return null;
            }
            FileChecksum now = checksum(path, expected);
            boolean longer = Files.size(path) > expected.bytes();
            if (now.matches(expected) && (!longer || !ended)) {
                return longer ? unreadableTail(file, path, expected) : null;
            }
            return damage(file, path, expected, now);
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
    }

    /** The checksum of the first bytes of the file, as many as {@code of} covers. */
    private static FileChecksum checksum(Path path, FileChecksum of) throws IOException {
        try (InputStream in = Files.newInputStream(path);
                var checksumming = new ChecksumOutputStream(OutputStream.nullOutputStream(), of.stride())) {
            var buffer = new byte[1 << 16];
            long left = of.bytes();
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (n < 0) {
                    break;
                }
                checksumming.write(buffer, 0, n);
                left -= n;
            }
            return checksumming.checksum();
        }
    }

    /** A kill may truncate the last row, which readers skip. Any complete row after the last flush must be readable. */
    private static @Nullable String unreadableTail(RunFile file, Path path, FileChecksum expected) throws IOException {
        var rows = new Rows(file, expected.rows());
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(expected.bytes());
            rows.read(in);
        }
        return rows.unreadable.isEmpty() ? null : "after the last flush " + named(rows.unreadable) + " unreadable";
    }

    private String damage(RunFile file, Path path, FileChecksum expected, FileChecksum now) throws IOException {
        var rows = new Rows(file, 0);
        try (InputStream in = Files.newInputStream(path)) {
            rows.read(in);
        }
        var parts = new ArrayList<String>();
        parts.add(String.format(
                Locale.ROOT,
                "%,d of %s, %,d of %,d bytes",
                rows.count,
                counted(expected.rows(), "row"),
                Files.size(path),
                expected.bytes()));
        if (file.hasTimes()) {
            parts.add("the data reach " + time(Math.max(0, rows.reachMs)) + " of " + time(manifest.plannedMs()));
        }
        if (!rows.unreadable.isEmpty()) {
            parts.add(named(rows.unreadable) + " unreadable");
        }
        if (!rows.doubled.isEmpty()) {
            parts.add(named(rows.doubled) + " double");
        }
        long missing = expected.rows() - (rows.count - rows.doubled.size());
        if (missing > 0) {
            parts.add(counted(missing, "row") + " missing");
        }
        if (rows.carriageReturns) {
            parts.add("lines end in CR LF, as if git or an editor had converted them");
        }
        if (now.matches(expected)) {
            parts.add("data after the last row are not from this run");
        } else {
            long same = now.rowsAsIn(expected);
            parts.add(String.format(
                    Locale.ROOT,
                    "first difference in rows %,d to %,d",
                    same + 1,
                    Math.max(same + 1, Math.min(same + expected.stride(), expected.rows()))));
        }
        return String.join("; ", parts);
    }

    private static String named(List<Long> rows) {
        String some = rows.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        int more = rows.size() - MOST_NAMED;
        return (rows.size() == 1 ? "row " : "rows ") + some + (more > 0 ? " and " + more + " more" : "");
    }

    private static String counted(long n, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    private static String time(long ms) {
        long minutes = ms / 60_000;
        return ms < 60_000
                ? ms / 1000 + " s"
                : (minutes < 60 ? "" : minutes / 60 + " h ")
                        + (minutes % 60 == 0 && minutes >= 60 ? "" : minutes % 60 + " min");
    }

    /** The rows of a damaged file. */
    private static final class Rows {
        private final RunFile file;
        private final Set<Long> seen = new HashSet<>();
        private final List<Long> unreadable = new ArrayList<>();
        private final List<Long> doubled = new ArrayList<>();
        private long count;
        private long reachMs = RunFile.NONE;
        private boolean carriageReturns;

        Rows(RunFile file, long before) {
            this.file = file;
            this.count = before;
        }

        void read(InputStream in) throws IOException {
            var lines = new CompleteLinesInputStream(in, line -> {
                row(line.substring(0, line.length() - 1));
                return false;
            });
            int end = lines.read();
            if (end >= 0) {
                throw new IllegalStateException("no line was wanted");
            }
        }

        private void row(String line) {
            count++;
            boolean converted = line.endsWith("\r");
            carriageReturns |= converted;
            String row = converted ? line.substring(0, line.length() - 1) : line;
            if (file.rowsDiffer() && !seen.add(hash(row))) {
                doubled.add(count);
            }
            try {
                reachMs = Math.max(reachMs, file.timeMs(row));
            } catch (RuntimeException e) { // the type of the exception depends on the damage
                unreadable.add(count);
            }
        }

        /** A 64-bit hash, which makes collisions among millions of rows unlikely. */
        private static long hash(String row) {
            var crc = new java.util.zip.CRC32C();
            crc.update(row.getBytes(StandardCharsets.UTF_8));
            return crc.getValue() << 32 | row.hashCode() & 0xffffffffL;
        }
    }
}
