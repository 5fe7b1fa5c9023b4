package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Makes the scenario's faults, on hosts drawn by chance. */
public final class FaultFactory {

    private FaultFactory() {}

    /**
     * @param all hosts that nodes run on
     * @param world where it happens
     */
    public static ActiveFault of(
            Fault fault,
            List<? extends Host> all,
            FaultTargets targets,
            MaliciousPeers rogues,
            World world,
            RandomStream random) {
        List<Host> hit = drawn(fault, all, random);
        Engine engine = world.engine();
        return switch (fault.kind()) {
            case KILL -> new Kill(hit, targets);
            case ISOLATE -> new Isolate(hit);
            case THROTTLE -> new Throttle(hit, fault.factor());
            case SLOW_CPU -> new SlowCpu(hit, fault.factor());
            case LATENCY -> new NetworkDegradation(hit, fault.factor(), 1);
            case LOSS -> new NetworkDegradation(hit, 1, fault.factor());
            case REFUSE -> new Refuse(hit);
            case PAUSE -> new Pause(hit);
            case GARBAGE -> new Garbage(fault, hit, rogues, engine, ownChance(fault, world));
            case HALF_OPEN -> new HalfOpen(fault, hit, rogues, engine);
            case DEAF -> new SlowReader(fault, hit, rogues, engine, ownChance(fault, world));
        };
    }

    private static RandomStream ownChance(Fault fault, World world) {
        return world.seeds().stream("faults/" + fault.name());
    }

    /** At least one host, where the region has any. */
    private static List<Host> drawn(Fault fault, List<? extends Host> all, RandomStream random) {
        List<Host> left = new ArrayList<>(all.stream()
                .filter(host -> fault.region().equals("any")
                        || fault.region().equals(host.group().region()))
                .toList());
        int wanted = left.isEmpty()
                ? 0
                : (int) Math.max(1, Math.round(left.size() * fault.share().value()));
        List<Host> hit = new ArrayList<>();
        while (hit.size() < wanted) hit.add(left.remove(random.nextInt(left.size())));
        return hit;
    }
}
