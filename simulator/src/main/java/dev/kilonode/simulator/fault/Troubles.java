package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/** Makes the scenario's faults, on hosts drawn by chance. */
public final class Troubles {

    private Troubles() {}

    /**
     * @param all hosts that nodes run on
     * @param world where it happens
     */
    public static Trouble of(
            Fault fault, List<? extends Machine> all, Victims victims, Rogues rogues, World world, Stream chance) {
        List<Machine> hit = drawn(fault, all, chance);
        Engine engine = world.engine();
        return switch (fault.kind()) {
            case KILL -> new Kill(hit, victims);
            case ISOLATE -> new Isolate(hit);
            case THROTTLE -> new Throttle(hit, fault.factor());
            case SLOW_CPU -> new SlowCpu(hit, fault.factor());
            case LATENCY -> new WorsePaths(hit, fault.factor(), 1);
            case LOSS -> new WorsePaths(hit, 1, fault.factor());
            case REFUSE -> new Refuse(hit);
            case PAUSE -> new Pause(hit);
            case GARBAGE -> new Garbage(fault, hit, rogues, engine, ownChance(fault, world));
            case HALF_OPEN -> new HalfOpen(fault, hit, rogues, engine);
            case DEAF -> new Deaf(fault, hit, rogues, engine, ownChance(fault, world));
        };
    }

    private static Stream ownChance(Fault fault, World world) {
        return world.seeds().stream("faults/" + fault.name());
    }

    /** At least one host, where the region has any. */
    private static List<Machine> drawn(Fault fault, List<? extends Machine> all, Stream chance) {
        List<Machine> left = new ArrayList<>(all.stream()
                .filter(host -> fault.region().equals("any")
                        || fault.region().equals(host.group().region()))
                .toList());
        int wanted = left.isEmpty()
                ? 0
                : (int) Math.max(1, Math.round(left.size() * fault.share().value()));
        List<Machine> hit = new ArrayList<>();
        while (hit.size() < wanted) hit.add(left.remove(chance.nextInt(left.size())));
        return hit;
    }
}
