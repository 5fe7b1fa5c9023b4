package dev.kilonode.simulator.scenario;

import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;
import dev.kilonode.simulator.plugins.Choice;
import dev.kilonode.simulator.settings.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Validates that uploaders, phases, churn and faults fit the run. */
final class LoadRules {
    private static final int MOST_PER_SECOND = 10_000;

    private final Rules rules;
    private final Choice<LinkProvider> links;

    LoadRules(Rules rules, Choice<LinkProvider> links) {
        this.rules = rules;
        this.links = links;
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
            capabilities(scenario, fault.kind(), path);
            if (fault instanceof Fault.Attack attack) attackers(attack.attackers(), path);
            boolean begins = fault.at().compareTo(scenario.duration()) < 0;
            rules.must(
                    begins,
                    path + "at",
                    "got a fault at or after the end of the run; write less than "
                            + Durations.text(scenario.duration()));
            rules.must(
                    !begins || fault.end().compareTo(scenario.duration()) <= 0,
                    path + "lasting",
                    "got a fault that outlasts the run; write "
                            + Durations.text(scenario.duration().minus(fault.at())) + " or less");
            rules.must(fault.occurrence().share().value() > 0, path + "share", "got 0%, which hits nobody; write 100%");
            rules.must(
                    !(fault instanceof Fault.Loss) || scenario.network().loss().value() > 0,
                    path + "kind",
                    "got loss, which multiplies a network.loss of 0%; write network.loss: 0.1%");
        }
        for (int i : ScenarioValidator.repeated(faults.stream().map(Fault::name).toList())) {
            rules.add(
                    "faults[" + i + "].name",
                    "got \"" + faults.get(i).name() + "\" a second time; write a name of its own");
        }
    }

    /** Whether the world of the scenario can do what faults of that kind need. */
    private void capabilities(Scenario scenario, Fault.Kind kind, String path) {
        boolean wall = scenario.clock() == Clock.WALL;
        String link = scenario.wall().link();
        Set<Capability> has = wall ? Capability.wallTime(!isWithoutSockets(link)) : Capability.VIRTUAL_TIME;
        for (Capability need : kind.needs()) {
            if (has.contains(need)) continue;
            boolean otherLink = wall && Capability.wallTime(true).contains(need);
            String world = otherLink ? "wall.link " + link : wall ? "wall time" : "virtual time";
            String remedy = otherLink ? "wall.link: quic" : wall ? "clock: virtual" : "clock: wall";
            rules.add(
                    path + "kind",
                    "got " + Keys.of(kind) + ", but " + world + " cannot " + need.action() + "; write " + remedy
                            + ", or kind: " + Keys.of(kind.isAttack() ? Fault.Kind.GARBAGE : Fault.Kind.ISOLATE));
        }
    }

    private void attackers(Fault.Attackers attackers, String path) {
        rules.must(attackers.rate().perSecond() > 0, path + "rate", "got 0/s, which does nothing; write 10/s");
        rules.must(
                attackers.perSecond() <= MOST_PER_SECOND,
                path + "rate",
                "got " + Math.round(attackers.perSecond()) + " a second from all peers, expected at most "
                        + MOST_PER_SECOND + "; write 10/s");
    }

    private boolean isWithoutSockets(String link) {
        return links.labels().contains(link) && links.named(link).sockets() == SocketKind.NONE;
    }
}
