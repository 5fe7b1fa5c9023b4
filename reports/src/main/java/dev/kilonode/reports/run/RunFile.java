package dev.kilonode.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a run that have checksums: everything that the run wrote and that {@code report} cannot recreate. */
enum RunFile {
    SCENARIO("scenario.yaml"),
    RESOLVED("scenario.resolved.yaml"),
    WINDOWS("data/windows.csv") {
        @Override
        long timeMs(String row) {
            return row.equals(WindowRow.HEADER)
                    ? NONE
                    : WindowRow.parse(CsvFile.fields(row)).endMs();
        }
    },
    UPLOADS("data/uploads.csv") {
        @Override
        long timeMs(String row) {
            return row.equals(UploadRow.HEADER)
                    ? NONE
                    : UploadRow.parse(CsvFile.fields(row)).startMs();
        }
    },
    DROPS("data/drops.csv") {
        @Override
        long timeMs(String row) {
            return row.equals(DropRow.HEADER)
                    ? NONE
                    : DropRow.parse(CsvFile.fields(row)).timeMs();
        }
    },
    /** Has no times: each row covers the whole run. */
    DROPS_BY_NODE("data/drops-by-node.csv"),
    /** Written only if there were drops. */
    DROP_LOG("logs/drops.log"),
    EVENTS("data/events.jsonl") {
        @Override
        long timeMs(String row) {
            try {
                return Json.MAPPER.readValue(row, EventRow.class).timeMs();
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    },
    LATENCY("data/latency.hlog") {
        @Override
        long timeMs(String row) {
            if (row.startsWith("#") || row.startsWith("\"")) {
                return NONE;
            }
            Matcher interval = INTERVAL.matcher(row);
            if (!interval.matches()) {
                throw new IllegalArgumentException();
            }
            return Math.round(1e3 * (Double.parseDouble(interval.group(1)) + Double.parseDouble(interval.group(2))));
        }
    },
    DIGEST("data/digest.txt") {
        @Override
        long timeMs(String row) {
            return Long.parseLong(row.substring(0, row.indexOf(' ')));
        }
    },
    SUMMARY("summary.json") {
        @Override
        Path in(Path directory) {
            Path aside = directory.resolve(SET_ASIDE);
            return Files.exists(aside) ? aside : super.in(directory);
        }
    };

    /** The original summary of a run whose data were later found damaged. {@code summary.json} then reports the damage. */
    static final String SET_ASIDE = "summary.at-end.json";

    /** The time of a row that has none. */
    static final long NONE = -1;

    private static final Pattern INTERVAL = Pattern.compile("Tag=[^,]+,([0-9.]+),([0-9.]+),[0-9.E]+,[A-Za-z0-9+/]+=*");

    private final String path;

    RunFile(String path) {
        this.path = path;
    }

    /** The path below the run's folder, with slashes. */
    String path() {
        return path;
    }

    Path in(Path directory) {
        return directory.resolve(path);
    }

    /**
     * The end of the time that a row covers, ms since the start of the run; {@link #NONE} for a header, and in files without times.
     *
     * @throws RuntimeException if the row does not belong to this file
     */
    long timeMs(String row) {
        return NONE;
    }

    /** The manifest key for the checksum of a file that is about to replace this one. */
    String nextPath() {
        return path + ".next";
    }

    /** Whether the rows have times that show how far the run went. */
    boolean hasTimes() {
        return path.startsWith("data/") && this != DROPS_BY_NODE;
    }

    /** Whether all rows must be distinct. Two drops, or two events, may be equal. */
    boolean rowsDiffer() {
        return hasTimes() && this != DROPS && this != EVENTS;
    }
}
