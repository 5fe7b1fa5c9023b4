package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import org.jspecify.annotations.Nullable;

/** Flags of {@code costs}. */
final class CostsFlags extends CommonFlags {
    @Parameter(names = "--out", description = "also write a costs file for scenarios, see scenarios/costs")
    @Nullable
    String out;

    @Parameter(names = "--replace", description = "overwrite the file of --out")
    boolean replace;

    @Parameter(names = "--algorithm", description = "signature algorithm of the file: ML-DSA-65 or Ed25519")
    String algorithm = "ML-DSA-65";

    @Parameter(
            names = "--per-operation",
            description = "duration of the measurement, and of the warm-up, of each operation")
    String perOperation = "1s";
}
