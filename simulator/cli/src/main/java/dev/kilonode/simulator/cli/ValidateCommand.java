package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Problem;
import dev.kilonode.simulator.scenario.ScenarioException;
import dev.kilonode.simulator.scenario.ScenarioLoader;

/** {@code validate FILE...}: checks scenarios. Starts no node, opens no socket. */
final class ValidateCommand implements Command<ScenarioFlags> {
    private final ScenarioLoader loader;

    ValidateCommand(ScenarioLoader loader) {
        this.loader = loader;
    }

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String operands() {
        return "FILE...";
    }

    @Override
    public String summary() {
        return "checks scenarios: keys, units, and whether the values fit together";
    }

    @Override
    public ScenarioFlags newFlags() {
        return new ScenarioFlags();
    }

    @Override
    public CommandResult run(ScenarioFlags flags, Console console) {
        if (flags.operands.isEmpty())
            throw new UsageException("validate needs FILE...; write kilonode validate scenarios/smoke.yaml");
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        int wrong = 0;
        for (String operand : flags.operands) {
            ObjectNode result = results.addObject().put("file", operand);
            try {
                LoadedScenario loaded = flags.load(operand, loader);
                result.put("ok", true);
                tell(loaded, result, flags.quiet, console);
                if (!flags.json() && !flags.quiet)
                    console.out().println("ok " + operand + ": " + RunFlags.size(loaded));
            } catch (ScenarioException e) {
                wrong++;
                result.put("ok", false);
                ArrayNode problems = result.putArray("problems");
                for (Problem problem : e.problems()) {
                    problems.addObject()
                            .put("at", problem.at().describe())
                            .put("path", problem.path())
                            .put("message", problem.message());
                    console.err().println(problem.render());
                }
                if (e.more() > 0) {
                    result.put("more", e.more());
                    console.err().println("and " + e.more() + " more");
                }
            }
        }
        if (flags.json()) console.out().println(results.toPrettyString());
        int files = flags.operands.size();
        return wrong == 0
                ? new CommandResult(ExitCode.PASS, files == 1 ? "1 scenario is valid" : files + " scenarios are valid")
                : new CommandResult(
                        ExitCode.USAGE,
                        wrong + " of " + files + (files == 1 ? " scenario" : " scenarios")
                                + " cannot be run as written");
    }

    /** Prints the warnings about a scenario and adds them to {@code result}. */
    static void tell(LoadedScenario loaded, ObjectNode result, boolean quiet, Console console) {
        if (loaded.warnings().isEmpty()) return;
        ArrayNode warnings = result.putArray("warnings");
        for (Problem warning : loaded.warnings()) {
            warnings.addObject()
                    .put("at", warning.at().describe())
                    .put("path", warning.path())
                    .put("message", warning.message());
        }
        if (!quiet) loaded.warn(console.err());
    }
}
