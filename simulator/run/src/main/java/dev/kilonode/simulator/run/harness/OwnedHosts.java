package dev.kilonode.simulator.run.harness;

import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The hosts of a plan that this process owns in its world. Other processes run the others, which are reached by address. */
final class OwnedHosts {

    private final List<@Nullable Host> hosts;
    private final IntPredicate owned;

    /**
     * Adds the owned hosts to the world.
     *
     * @param owned whether this process owns the host with a number
     */
    OwnedHosts(World world, List<PlannedHost> planned, IntPredicate owned) {
        this.owned = owned;
        hosts = new ArrayList<>(planned.size());
        for (PlannedHost host : planned) {
            world.engine().checkpoint();
            hosts.add(owned.test(host.number()) ? world.addHost(host.number(), host.group()) : null);
        }
    }

    boolean owns(int number) {
        return owned.test(number);
    }

    /** The host with this number; null if another process owns it. */
    @Nullable
    Host at(int number) {
        return hosts.get(number);
    }

    /** The owned hosts among those with these numbers. */
    List<Host> among(List<Integer> numbers) {
        return numbers.stream().map(this::at).filter(Objects::nonNull).toList();
    }

    /** The owned hosts among the first {@code count}. */
    List<Host> first(int count) {
        return hosts.subList(0, count).stream().filter(Objects::nonNull).toList();
    }
}
