package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedFault;
import dev.kilonode.simulator.scenario.Fault;
import java.util.List;

/** Creates the faults of a plan. Each kind has one line here. */
public final class FaultFactory {

    private FaultFactory() {}

    /**
     * @param hosts the affected hosts of this process
     * @param world the world of the run
     * @throws IllegalStateException if that world lacks a capability that the fault needs
     */
    public static ActiveFault of(
            PlannedFault planned, List<Host> hosts, FaultTargets targets, MaliciousPeers peers, World world) {
        Fault fault = planned.fault();
        if (!world.capabilities().containsAll(fault.kind().needs())) {
            throw new IllegalStateException(
                    "got a fault that needs " + fault.kind().needs() + " in a world with " + world.capabilities()
                            + "; scenarios are checked for that when they are read");
        }
        double factor = fault instanceof Fault.Scaled scaled ? scaled.factor() : 1;
        return switch (fault.kind()) {
            case KILL -> new HostFault(hosts, targets::kill, targets::revive);
            case ISOLATE -> new HostFault(hosts, host -> host.isolate(true), host -> host.isolate(false));
            case LATENCY ->
                new HostFault(hosts, host -> host.setLatencyFactor(factor), host -> host.setLatencyFactor(1));
            case LOSS -> new HostFault(hosts, host -> host.setLossFactor(factor), host -> host.setLossFactor(1));
            case THROTTLE ->
                new HostFault(hosts, host -> host.setBandwidthFactor(1 / factor), host -> host.setBandwidthFactor(1));
            case SLOW_CPU ->
                new HostFault(hosts, host -> host.setCoreSpeedFactor(1 / factor), host -> host.setCoreSpeedFactor(1));
            case REFUSE -> new HostFault(hosts, host -> host.refuse(true), host -> host.refuse(false));
            case PAUSE -> new HostFault(hosts, host -> host.pause(true), host -> host.pause(false));
            case GARBAGE -> new RandomBytesAttack(planned, peers, world);
            case HALF_OPEN -> new HalfOpenAttack(planned, peers, world);
            case DEAF -> new SlowReadAttack(planned, peers, world);
        };
    }
}
