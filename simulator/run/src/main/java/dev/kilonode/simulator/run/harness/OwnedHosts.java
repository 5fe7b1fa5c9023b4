package dev.kilonode.simulator.run.harness;

import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.run.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a plan. This process runs the nodes of those that it owns. In a world that reaches other processes it also has the others,
 * for faults that act between hosts.
 */
final class OwnedHosts {

    private final List<@Nullable Host> owned;

    /** By number; null for hosts of other processes in a world that does not reach them. */
    private final List<@Nullable Host> all = new ArrayList<>();

    private final Part part;

    /** Adds the hosts to the world. */
    OwnedHosts(World world, RunPlan plan, Part part) {
        this.part = part;
        owned = new ArrayList<>(plan.hosts().size());
        for (PlannedHost host : plan.hosts()) {
            world.engine().checkpoint();
            boolean own = part.owns(host.number());
            owned.add(own ? world.addHost(host.number(), host.group()) : null);
            all.add(own ? owned.get(host.number()) : remote(world, host));
        }
        for (PlannedHost host : plan.attackHosts()) {
            if (!part.owns(host.number())) remote(world, host);
        }
    }

    private static @Nullable Host remote(World world, PlannedHost host) {
        return world.reachesOtherProcesses() ? world.addRemoteHost(host.number(), host.group()) : null;
    }

    boolean owns(int number) {
        return part.owns(number);
    }

    /** The part of the run that this process executes. */
    Part part() {
        return part;
    }

    /** The host with this number; null if another process owns it. */
    @Nullable
    Host at(int number) {
        return owned.get(number);
    }

    /** The hosts among those with these numbers on which a fault acts in this process, owned or not. */
    List<Host> among(List<Integer> numbers) {
        return numbers.stream().map(all::get).filter(Objects::nonNull).toList();
    }

    /** The owned hosts among the first {@code count}. */
    List<Host> first(int count) {
        return owned.subList(0, count).stream().filter(Objects::nonNull).toList();
    }
}
