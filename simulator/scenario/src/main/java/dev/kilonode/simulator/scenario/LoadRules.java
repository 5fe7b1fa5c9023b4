package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.settings.LinkKind;
import java.time.Duration;
import java.util.List;

/** Validates that uploaders, phases, churn and faults fit the run. */
final class LoadRules {
    private static final int MOST_PER_SECOND = 10_000;

    private final Rules rules;

    LoadRules(Rules rules) {
        this.rules = rules;
    }

    void check(Scenario scenario) {
        uploaders(scenario);
        phases(scenario);
        faults(scenario);
    }

    private void uploaders(Scenario scenario) {
        Uploaders uploaders = scenario.workload().uploaders();
        String at = "workload.uploaders.";
        if (uploaders.count() == 0) return;
        rules.must(
                uploaders.startAfter().compareTo(scenario.duration()) < 0,
                at + "start-after",
                "got a start after the end of the run; write less than " + Durations.text(scenario.duration()));
    }

    private void phases(Scenario scenario) {
        List<Phase> phases = scenario.workload().phases();
        Duration end = scenario.workload().uploaders().startAfter();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            String path = "workload.phases[" + i + "].";
            rules.must(
                    phase.duration().compareTo(scenario.metrics().window()) >= 0,
                    path + "duration",
                    "got a phase shorter than a window; write "
                            + Durations.text(scenario.metrics().window()) + " or more, or a smaller metrics.window");
            end = end.plus(phase.duration());
            rules.must(
                    end.compareTo(scenario.duration()) <= 0,
                    path + "duration",
                    "got a phase that ends at " + Durations.text(end)
                            + ", after the run; write a duration of at least that, or shorter phases");
            rules.must(
                    phase.uploaders() <= scenario.workload().uploaders().count(),
                    path + "uploaders",
                    "got " + phase.uploaders() + ", more than there are; write "
                            + scenario.workload().uploaders().count()
                            + " or less, or a larger workload.uploaders.count");
        }
        for (int i : ScenarioValidator.repeated(phases.stream().map(Phase::name).toList())) {
            rules.add(
                    "workload.phases[" + i + "].name",
                    "got \"" + phases.get(i).name() + "\" a second time; write a name of its own");
        }
    }

    private void faults(Scenario scenario) {
        List<Fault> faults = scenario.faults();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            String path = "faults[" + i + "].";
            rules.must(
                    scenario.clock() == Clock.WALL || fault.kind().inVirtualTime(),
                    path + "kind",
                    "got " + Keys.of(fault.kind()) + ", which only wall time has; write clock: wall, or kind: "
                            + (fault.kind().hasRogues() ? "garbage" : "isolate"));
            if (fault.kind().hasRogues()) rogues(scenario, fault, path);
            boolean begins = fault.at().compareTo(scenario.duration()) < 0;
            rules.must(
                    begins,
                    path + "at",
                    "got a fault at or after the end of the run; write less than "
                            + Durations.text(scenario.duration()));
            rules.must(
                    !begins || fault.at().plus(fault.lasting()).compareTo(scenario.duration()) <= 0,
                    path + "lasting",
                    "got a fault that outlasts the run; write "
                            + Durations.text(scenario.duration().minus(fault.at())) + " or less");
            rules.must(fault.share().value() > 0, path + "share", "got 0%, which hits nobody; write 100%");
            rules.must(
                    fault.kind() != FaultKind.LOSS || scenario.network().loss().value() > 0,
                    path + "kind",
                    "got loss, which multiplies a network.loss of 0%; write network.loss: 0.1%");
        }
        for (int i : ScenarioValidator.repeated(faults.stream().map(Fault::name).toList())) {
            rules.add(
                    "faults[" + i + "].name",
                    "got \"" + faults.get(i).name() + "\" a second time; write a name of its own");
        }
    }

    private void rogues(Scenario scenario, Fault fault, String path) {
        rules.must(
                fault.kind() != FaultKind.HALF_OPEN
                        || scenario.clock() != Clock.WALL
                        || scenario.wall().link() != LinkKind.MEMORY,
                path + "kind",
                "got half-open over wall.link memory, which has no handshake to leave half done;"
                        + " write wall.link: quic, or kind: deaf");
        double perSecond = fault.rate().perSecond() * fault.peers();
        rules.must(fault.rate().perSecond() > 0, path + "rate", "got 0/s, which does nothing; write 10/s");
        rules.must(
                perSecond <= MOST_PER_SECOND,
                path + "rate",
                "got " + Math.round(perSecond) + " a second from all peers, expected at most " + MOST_PER_SECOND
                        + "; write 10/s");
    }
}
