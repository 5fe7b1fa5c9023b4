package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import org.jspecify.annotations.Nullable;

/** Flags of {@code baseline}. */
final class BaselineFlags extends CommonFlags {
    @Parameter(names = "--dir", description = "folder of baselines")
    String dir = "baselines";

    @Parameter(names = "--name", description = "name of the baseline; the scenario's name unless given")
    @Nullable
    String name;

    @Parameter(names = "--replace", description = "overwrite the baseline of that name")
    boolean replace;
}
