package dev.kilonode.reports.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Creates the folders of runs and the link {@code latest}. */
final class RunDirectory {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int ATTEMPTS = 100;

    private RunDirectory() {}

    static Path make(Path resultsRoot, String name, Instant at) throws IOException {
        Path runs = Files.createDirectories(resultsRoot.resolve(folderName(name)));
        for (int i = 0; i < ATTEMPTS; i++) {
            int suffix = ThreadLocalRandom.current()
                    .nextInt(1 << 16); // tells runs of the same second apart; not part of the simulation
            try {
                return Files.createDirectory(
                        runs.resolve(STAMP.format(at) + String.format(Locale.ROOT, "-%04x", suffix)));
            } catch (FileAlreadyExistsException e) {
                // folders are never reused: try another number
            }
        }
        throw new IOException("no free folder for a run in " + runs + " after " + ATTEMPTS + " attempts");
    }

    static String folderName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+", "");
        safe = safe.length() > 100 ? safe.substring(0, 100) : safe;
        return safe.isEmpty() || safe.equals("latest") ? "run-" + safe : safe;
    }

    /** Updates {@code latest}, a convenience for people. A failure does not stop the run. */
    static void pointLatestTo(Path resultsRoot, Path directory) {
        Path latest = resultsRoot.resolve("latest");
        Path target = resultsRoot.toAbsolutePath().relativize(directory.toAbsolutePath());
        if (Files.isDirectory(latest, LinkOption.NOFOLLOW_LINKS)) {
            return; // somebody's real folder
        }
        Path next = resultsRoot.resolve(".latest-" + directory.getFileName());
        try {
            Files.createSymbolicLink(next, target);
            Files.move(next, latest, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UnsupportedOperationException e) {
            writeAsText(latest, target, next);
        }
    }

    private static void writeAsText(Path latest, Path target, Path leftOver) {
        try {
            Files.deleteIfExists(leftOver);
            Files.deleteIfExists(latest);
            Files.writeString(latest, target + "\n");
        } catch (IOException e) {
            // neither a link nor a file: see above
        }
    }
}
