package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.scenario.ScenarioSchema;
import org.jspecify.annotations.Nullable;

/** {@code schema}: prints the JSON schema of scenario files. */
final class SchemaCommand implements Command<CommonFlags> {
    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String summary() {
        return "prints the JSON schema of scenario files, for editors";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public @Nullable CommandResult run(CommonFlags flags, Console console) {
        console.out().print(ScenarioSchema.text());
        return null;
    }
}
