package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code show FILE}: prints the merged scenario with the origin of each value. */
final class ShowCommand implements Command<ScenarioFlags> {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final ScenarioLoader loader;

    ShowCommand(ScenarioLoader loader) {
        this.loader = loader;
    }

    @Override
    public String name() {
        return "show";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "prints the merged scenario, each value with its origin";
    }

    @Override
    public ScenarioFlags newFlags() {
        return new ScenarioFlags();
    }

    @Override
    public @Nullable CommandResult run(ScenarioFlags flags, Console console) throws Exception {
        LoadedScenario loaded = flags.load(flags.operand("show", "FILE"), loader);
        if (flags.json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("scenario", loaded.tree().plain());
            json.put("origins", loaded.tree().origins());
            console.out().println(MAPPER.writeValueAsString(json));
        } else {
            console.out().print(loaded.tree().yamlWithOrigins());
        }
        return null;
    }
}
