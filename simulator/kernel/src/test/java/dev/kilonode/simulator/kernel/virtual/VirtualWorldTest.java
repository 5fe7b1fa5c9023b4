package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class VirtualWorldTest {

    @Test
    void manyNodesAreMovedTogetherInMemoryOnceTheyAreThere() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
        VirtualHost host = world.addHost(Worlds.group("eu"));
        for (int i = 0; i < 100; i++) host.newNode("n" + i, false);
        long before = collections();
        world.populated();
        assertThat(collections()).isGreaterThan(before);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
