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

    @Parameter(names = "--algorithm", description = "signatures the file is for: ML-DSA-65 or Ed25519")
    String algorithm = "ML-DSA-65";

    @Parameter(names = "--per-operation", description = "how long to measure each operation, and to warm it up before")
    String perOperation = "1s";
}
