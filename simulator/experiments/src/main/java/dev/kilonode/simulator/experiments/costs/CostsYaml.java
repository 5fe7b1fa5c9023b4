package dev.kilonode.simulator.experiments.costs;

import dev.kilonode.simulator.experiments.costs.CryptoCosts.Measured;
import java.math.BigDecimal;

/** Formats measured costs as a costs file: medians as values, the spread as range. */
public final class CostsYaml {

    private CostsYaml() {}

    /**
     * @param algorithm signature algorithm of the scenario
     * @param where machine, JVM and date, for the sources
     */
    public static String of(CryptoCosts costs, String algorithm, String where, Stopwatch watch) {
        String source = "measured on " + where;
        Measured hash = costs.of("SHA-256", "hash");
        StringBuilder out = new StringBuilder();
        out.append("# Times of signatures and hashes on one machine: medians, and as range the 5th to the 95th"
                + " percentile.\n");
        out.append("# ").append(where.replaceAll("\\R", " ")).append(".\n");
        out.append("# Measured for ").append(watch.words()).append("; all other costs stay as set below this file.\n");
        out.append("name: measured\n");
        price(out, "sign", costs.of(algorithm, "sign"), source);
        price(out, "verify", costs.of(algorithm, "verify"), source);
        out.append("chunk:\n");
        parameter(out, "per-kib", hash.perKib(), source + ", " + hash.algorithm() + " by " + hash.provider());
        out.append("  source: ").append(quoted("per KiB " + source)).append('\n');
        return out.toString();
    }

    private static void price(StringBuilder out, String key, Measured measured, String source) {
        String whole = source + ", " + measured.algorithm() + " by " + measured.provider();
        out.append(key).append(":\n");
        parameter(out, "base", measured.base(), whole);
        parameter(out, "per-kib", measured.perKib(), whole);
        out.append("  source: ").append(quoted(whole)).append('\n');
    }

    private static void parameter(StringBuilder out, String key, Timing timing, String source) {
        out.append("  ").append(key).append(":\n");
        out.append("    value: ").append(time(timing.medianNanos())).append('\n');
        out.append("    range: [").append(time(timing.lowNanos())).append(", ");
        out.append(time(timing.highNanos())).append("]\n");
        out.append("    source: ")
                .append(quoted(source + ", median of " + timing.samples()))
                .append('\n');
    }

    /** Formats a time exactly, in the most readable unit, such as {@code 612.4us}. */
    static String time(long nanos) {
        if (nanos >= 1_000_000) return decimal(nanos, 6) + "ms";
        return nanos >= 1_000 ? decimal(nanos, 3) + "us" : nanos + "ns";
    }

    private static String decimal(long nanos, int places) {
        return BigDecimal.valueOf(nanos, places).stripTrailingZeros().toPlainString();
    }

    private static String quoted(String text) {
        return '"'
                + text.replaceAll("[^\\x20-\\x7e]", " ").replace("\\", "\\\\").replace("\"", "\\\"")
                + '"';
    }
}
