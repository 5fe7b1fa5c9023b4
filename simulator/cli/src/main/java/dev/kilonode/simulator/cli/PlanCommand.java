package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.MachineCheck;
import dev.kilonode.simulator.run.harness.ClockWarnings;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.ResourceEstimate;
import dev.kilonode.simulator.scenario.ResourceEstimate.Grade;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code plan FILE}: shows the timeline of a run, the resources it needs and its probable mistakes. Starts nothing and opens no socket. */
final class PlanCommand implements Command<ScenarioFlags> {

    private record Moment(Duration at, Duration until, String what) {}

    private final ScenarioLoader loader;

    PlanCommand(ScenarioLoader loader) {
        this.loader = loader;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String summary() {
        return "shows the timeline of a run, and the resources it needs";
    }

    @Override
    public ScenarioFlags newFlags() {
        return new ScenarioFlags();
    }

    @Override
    public CommandResult run(ScenarioFlags flags, Console console) {
        LoadedScenario loaded = flags.load(flags.operand("plan", "FILE"), loader);
        Scenario scenario = loaded.scenario();
        List<ResourceEstimate.Need> needs =
                ResourceEstimate.of(scenario, loaded.link(), MachineCheck.machine(scenario));
        ObjectNode json = json(scenario, needs);
        ValidateCommand.tell(loaded, json, flags.quiet, console);
        if (flags.json()) console.out().println(json.toPrettyString());
        else print(loaded, needs, flags.quiet, console.out());
        List<String> remedies = needs.stream()
                .filter(need -> need.grade() == Grade.FAIL)
                .map(ResourceEstimate.Need::remedy)
                .toList();
        return remedies.isEmpty()
                ? new CommandResult(ExitCode.PASS, "this machine can run it")
                : new CommandResult(ExitCode.ENVIRONMENT, String.join("; ", remedies));
    }

    private static List<Moment> timeline(Scenario scenario) {
        List<Moment> moments = new ArrayList<>();
        moments.add(new Moment(Duration.ZERO, scenario.nodes().joinOver(), "nodes join"));
        Duration begin = scenario.workload().uploaders().startAfter();
        List<Phase> phases = scenario.workload().phases();
        if (scenario.workload().uploaders().count() > 0 && phases.isEmpty()) {
            moments.add(new Moment(begin, scenario.duration(), "uploads"));
        }
        for (Phase phase : phases) {
            Duration end = begin.plus(phase.duration());
            moments.add(new Moment(begin, end, "phase " + phase.name()));
            begin = end;
        }
        for (Fault fault : scenario.faults()) {
            moments.add(new Moment(fault.at(), fault.end(), "fault " + fault.name()));
        }
        moments.sort(java.util.Comparator.comparing(Moment::at));
        return moments;
    }

    private static void print(
            LoadedScenario loaded, List<ResourceEstimate.Need> needs, boolean quiet, PrintStream out) {
        Scenario scenario = loaded.scenario();
        if (!quiet) {
            out.println(scenario.name() + ": " + RunFlags.size(loaded) + ", "
                    + scenario.clock().name().toLowerCase(Locale.ROOT) + " time");
            for (Moment moment : timeline(scenario)) {
                out.printf(
                        Locale.ROOT,
                        "  %8s to %-8s %s%n",
                        Durations.text(moment.at()),
                        Durations.text(moment.until()),
                        moment.what());
            }
            String note = ClockWarnings.of(scenario);
            if (!note.isEmpty()) out.println(note);
        }
        for (ResourceEstimate.Need need : needs) {
            if (quiet && need.grade() == Grade.OK) continue;
            String present = need.present().isEmpty() ? "" : " (" + need.present() + ")";
            String remedy = need.remedy().isEmpty() ? "" : "; " + need.remedy();
            out.printf(
                    Locale.ROOT,
                    "%-4s %-11s %s%s%s%n",
                    need.grade().name().toLowerCase(Locale.ROOT),
                    need.what(),
                    need.wanted(),
                    present,
                    remedy);
        }
    }

    private static ObjectNode json(Scenario scenario, List<ResourceEstimate.Need> needs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode timeline = json.putArray("timeline");
        for (Moment moment : timeline(scenario)) {
            timeline.addObject()
                    .put("from_ms", moment.at().toMillis())
                    .put("to_ms", moment.until().toMillis())
                    .put("what", moment.what());
        }
        ArrayNode wants = json.putArray("needs");
        for (ResourceEstimate.Need need : needs) {
            wants.addObject()
                    .put("what", need.what())
                    .put("wanted", need.wanted())
                    .put("present", need.present())
                    .put("grade", need.grade().name().toLowerCase(Locale.ROOT))
                    .put("remedy", need.remedy());
        }
        return json;
    }
}
