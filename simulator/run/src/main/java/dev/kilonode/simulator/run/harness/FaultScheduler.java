package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.fault.ActiveFault;
import dev.kilonode.simulator.run.fault.FaultFactory;
import dev.kilonode.simulator.run.fault.MaliciousPeers;
import dev.kilonode.simulator.run.plan.PlannedFault;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.Workload;
import java.time.Duration;
import java.util.function.Consumer;

/** Schedules the planned faults, as far as they act in this process, and records them and the load phases as events. */
final class FaultScheduler {

    /**
     * A window includes the events of its last instant, and gauges are sampled after them. A fault that begins or ends at that instant acts
     * just after it, so that it shows in the windows for which it lasts.
     */
    static final long AFTER_SAMPLING_NANOS = 1;

    private final World world;
    private final NodeFleet testnet;
    private final MaliciousPeers peers;
    private final OwnedHosts hosts;
    private final RunPlan plan;
    private final Consumer<EventRow> events;

    FaultScheduler(
            World world,
            NodeFleet testnet,
            MaliciousPeers peers,
            OwnedHosts hosts,
            RunPlan plan,
            Consumer<EventRow> events) {
        this.world = world;
        this.testnet = testnet;
        this.peers = peers;
        this.hosts = hosts;
        this.plan = plan;
        this.events = events;
    }

    void schedule() {
        Engine engine = world.engine();
        for (PlannedFault planned : plan.faults()) {
            engine.checkpoint();
            Fault fault = planned.fault();
            PlannedHost attackHost = planned.attackHost();
            if (attackHost == null || hosts.owns(attackHost.number())) {
                ActiveFault active = FaultFactory.of(planned, hosts.among(planned.hosts()), testnet, peers, world);
                engine.schedule(fault.at().toNanos() + AFTER_SAMPLING_NANOS, active::begin);
                engine.schedule(fault.end().toNanos() + AFTER_SAMPLING_NANOS, active::end);
            }
            events.accept(EventRow.span(
                    EventRow.Type.FAULT,
                    fault.name(),
                    fault.at().toMillis(),
                    fault.end().toMillis()));
        }
    }

    void recordPhases(Workload workload) {
        Duration begin = workload.uploaders().startAfter();
        for (Phase phase : workload.phases()) {
            Duration end = begin.plus(phase.duration());
            events.accept(EventRow.span(EventRow.Type.PHASE, phase.name(), begin.toMillis(), end.toMillis()));
            begin = end;
        }
    }
}
