package dev.kilonode.simulator.harness;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.fault.Rogues;
import dev.kilonode.simulator.fault.Trouble;
import dev.kilonode.simulator.fault.Troubles;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Puts the scenario's faults on the clock, and writes them and the phases of load down as events. */
final class FaultPlan {

    private final World world;
    private final Testnet testnet;
    private final Rogues rogues;
    private final List<? extends Machine> hosts;
    private final Scenario scenario;
    private final Consumer<EventRow> events;

    FaultPlan(
            World world,
            Testnet testnet,
            Rogues rogues,
            List<? extends Machine> hosts,
            Scenario scenario,
            Consumer<EventRow> events) {
        this.world = world;
        this.testnet = testnet;
        this.rogues = rogues;
        this.hosts = hosts;
        this.scenario = scenario;
        this.events = events;
    }

    void schedule() {
        Stream chance = world.seeds().stream("faults");
        for (Fault fault : scenario.faults()) {
            world.engine().checkpoint();
            Trouble trouble = Troubles.of(fault, hosts, testnet, rogues, world, chance);
            Duration end = fault.at().plus(fault.lasting());
            world.engine().schedule(fault.at().toNanos(), trouble::begin);
            world.engine().schedule(end.toNanos(), trouble::end);
            events.accept(
                    EventRow.span(EventRow.Type.FAULT, fault.name(), fault.at().toMillis(), end.toMillis()));
        }
        Duration begin = scenario.workload().uploaders().startAfter();
        for (Phase phase : scenario.workload().phases()) {
            Duration end = begin.plus(phase.duration());
            events.accept(EventRow.span(EventRow.Type.PHASE, phase.name(), begin.toMillis(), end.toMillis()));
            begin = end;
        }
    }
}
