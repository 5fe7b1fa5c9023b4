package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Makes the scenario's faults, on hosts drawn at random. Each kind has one line here. */
public final class FaultFactory {

    private FaultFactory() {}

    /**
     * @param all hosts that nodes run on
     * @param world where it happens
     * @throws IllegalStateException if that world lacks what the fault needs
     */
    public static ActiveFault of(
            Fault fault,
            List<? extends Host> all,
            FaultTargets targets,
            MaliciousPeers peers,
            World world,
            RandomStream random) {
        if (!world.capabilities().containsAll(fault.kind().needs())) {
            throw new IllegalStateException(
                    "got a fault that needs " + fault.kind().needs() + " in a world with " + world.capabilities()
                            + "; scenarios are checked for that when they are read");
        }
        List<Host> hosts = drawn(fault, all, random);
        double factor = fault instanceof Fault.Scaled scaled ? scaled.factor() : 1;
        return switch (fault.kind()) {
            case KILL -> new HostFault(hosts, targets::kill, targets::revive);
            case ISOLATE -> new HostFault(hosts, host -> host.isolate(true), host -> host.isolate(false));
            case LATENCY ->
                new HostFault(hosts, host -> host.setLatencyFactor(factor), host -> host.setLatencyFactor(1));
            case LOSS -> new HostFault(hosts, host -> host.setLossFactor(factor), host -> host.setLossFactor(1));
            case THROTTLE ->
                new HostFault(hosts, host -> host.setBandwidthFactor(1 / factor), host -> host.setBandwidthFactor(1));
            case SLOW_CPU -> {
                hosts.forEach(host -> host.setCoreSpeedFactor(1)); // from now on they remember what waits, to move it
                yield new HostFault(
                        hosts, host -> host.setCoreSpeedFactor(1 / factor), host -> host.setCoreSpeedFactor(1));
            }
            case REFUSE -> new HostFault(hosts, host -> host.refuse(true), host -> host.refuse(false));
            case PAUSE -> new HostFault(hosts, host -> host.pause(true), host -> host.pause(false));
            case GARBAGE -> new RandomBytesAttack((Fault.Attack) fault, hosts, peers, world);
            case HALF_OPEN -> new HalfOpenAttack((Fault.Attack) fault, hosts, peers, world);
            case DEAF -> new SlowReadAttack((Fault.Attack) fault, hosts, peers, world);
        };
    }

    /** At least one host, where the region has any. */
    private static List<Host> drawn(Fault fault, List<? extends Host> all, RandomStream random) {
        String region = fault.occurrence().region();
        List<Host> left = new ArrayList<>(all.stream()
                .filter(host ->
                        region.equals("any") || region.equals(host.group().region()))
                .toList());
        int wanted = left.isEmpty()
                ? 0
                : (int) Math.max(
                        1, Math.round(left.size() * fault.occurrence().share().value()));
        List<Host> hit = new ArrayList<>();
        while (hit.size() < wanted) hit.add(left.remove(random.nextInt(left.size())));
        return hit;
    }
}
