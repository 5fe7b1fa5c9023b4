package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.fault.ActiveFault;
import dev.kilonode.simulator.run.fault.FaultFactory;
import dev.kilonode.simulator.run.fault.MaliciousPeers;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Puts the scenario's faults on the clock, and writes them and the phases of load down as events. */
final class FaultPlan {

    private final World world;
    private final NodeFleet testnet;
    private final MaliciousPeers rogues;
    private final List<? extends Host> hosts;
    private final Scenario scenario;
    private final Consumer<EventRow> events;

    FaultPlan(
            World world,
            NodeFleet testnet,
            MaliciousPeers rogues,
            List<? extends Host> hosts,
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
        RandomStream random = world.seeds().stream("faults");
        for (Fault fault : scenario.faults()) {
            world.engine().checkpoint();
            ActiveFault trouble = FaultFactory.of(fault, hosts, testnet, rogues, world, random);
            Duration end = fault.end();
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
