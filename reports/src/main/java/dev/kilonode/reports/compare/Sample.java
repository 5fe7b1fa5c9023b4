package dev.kilonode.reports.compare;

import dev.kilonode.reports.run.Build;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.run.Summary;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one run.
 *
 * @param name name of its folder, or its place in a baseline
 * @param directory its folder; null if only the metrics are left
 * @param seed seed of the run
 * @param startedAt start of the run, UTC; empty if unknown
 * @param tool version of Kilonode
 * @param build its build; empty if unknown
 * @param digest digest of a virtual run; empty otherwise
 * @param values values by metric id
 */
public record Sample(
        String name,
        @Nullable Path directory,
        long seed,
        String startedAt,
        String tool,
        String build,
        String digest,
        Map<String, Double> values) {

    /** A run of an unknown build. */
    public Sample(
            String name,
            @Nullable Path directory,
            long seed,
            String startedAt,
            String tool,
            String digest,
            Map<String, Double> values) {
        this(name, directory, seed, startedAt, tool, "", digest, values);
    }

    public Sample {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** When the run started; {@link Instant#MIN} if unknown. As texts, {@code 05Z} would come after {@code 05.001Z}. */
    Instant started() {
        try {
            return Instant.parse(startedAt);
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    static Sample of(RunHead head, Summary summary) {
        Build build = head.manifest().build();
        return new Sample(
                String.valueOf(head.directory().toAbsolutePath().normalize().getFileName()),
                head.directory(),
                summary.seed(),
                head.manifest().startedAt(),
                head.manifest().toolVersion(),
                build == null ? "" : build.words(),
                summary.digest() == null ? "" : summary.digest(),
                values(summary));
    }

    /** Version and build: {@code 0.1.0 (93eb488a1b2c)}. */
    public String toolWords() {
        return build.isEmpty() ? tool : tool + " (" + build + ")";
    }

    private static Map<String, Double> values(Summary summary) {
        Map<String, Double> in = summary.metrics();
        var values = new LinkedHashMap<String, Double>();
        double failed = in.getOrDefault("upload.failed.count", 0.0);
        ratio(values, "upload.failed.ratio", failed, failed + in.getOrDefault("upload.succeeded.count", 0.0));
        Double drops = in.get("transport.drops.count");
        if (drops != null) {
            ratio(values, "transport.drops.ratio", drops, drops + summary.messagesDelivered());
        }
        Double exchanges = in.get("identity.exchanges.count");
        Double timeouts = in.get("identity.timeouts.count");
        if (exchanges != null && timeouts != null) {
            ratio(values, "identity.timeouts.ratio", timeouts, Math.max(exchanges, timeouts));
        }
        values.putAll(in);
        values.put("messages.delivered.count", (double) summary.messagesDelivered());
        return values;
    }

    private static void ratio(Map<String, Double> values, String id, double part, double whole) {
        if (whole > 0) {
            values.put(id, part / whole);
        }
    }
}
