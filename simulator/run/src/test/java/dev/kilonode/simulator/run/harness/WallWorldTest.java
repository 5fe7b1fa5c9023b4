package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import dev.kilonode.simulator.settings.HostGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guarantees for nodes and the harness when they run on different threads. */
class WallWorldTest {

    private static final int LOOPS = 3;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private World world;
    private final List<Host> hosts = new ArrayList<>();
    private final List<NodeRuntime> nodes = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        List<ValueOverride> values = Stream.of(
                        "clock=wall", "wall.loops=" + LOOPS, "identity.algorithm=Ed25519", "checks=[]")
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        var loaded = new ScenarioLoader().load(Path.of("../..", "scenarios", "smoke.yaml"), values);
        var scenario = loaded.scenario();
        world = ScenarioWorlds.of(loaded, 1);
        HostGroup like = scenario.hosts().get(0);
        for (int number = 0; number < 2 * LOOPS; number++) hosts.add(world.addHost(number, like));
        Identities identities = new Identities(true, "Ed25519", 1 << 20, world.seeds());
        for (Host host : hosts) {
            String name = "node-" + nodes.size();
            nodes.add(host.addNode(Identities.spec(name, identities.named(name), false))
                    .runtime());
        }
    }

    @AfterEach
    void end() {
        world.close();
    }

    private void advance(int steps) {
        for (int step = 0; step < steps; step++) world.runUntil(world.engine().nowNanos() + STEP_NANOS);
    }

    @Test
    void aHostLivesOnOneThreadOfItsLoop() {
        List<Set<Thread>> threads = new ArrayList<>();
        for (NodeRuntime node : nodes) {
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            threads.add(seen);
            for (int i = 0; i < 10; i++) node.callAfter(i * 1_000_000L, () -> seen.add(Thread.currentThread()));
        }
        advance(3);
        assertThat(threads).allSatisfy(seen -> assertThat(seen).hasSize(1));
        for (int i = 0; i < hosts.size(); i++) {
            assertThat(threads.get(i)).isEqualTo(threads.get(hosts.get(i).loop()));
        }
        assertThat(threads.stream().flatMap(Set::stream).distinct())
                .hasSize(LOOPS)
                .doesNotContain(Thread.currentThread());
    }

    /** Increments two counters with a delay in between. A thread that reads them without exclusion sees different values. */
    private static final class Twice implements Runnable {

        private final NodeRuntime node;
        private long before;
        private long after;
        private double something;

        Twice(NodeRuntime node) {
            this.node = node;
        }

        @Override
        public void run() {
            before++;
            for (int i = 1; i < 20_000; i++) something += Math.sqrt(i + something);
            after++;
            node.callAfter(0, this);
        }
    }

    @Test
    void allLoopsStandStillWhileTheHarnessActs() {
        List<Twice> busy = new ArrayList<>();
        for (NodeRuntime node : nodes) busy.add(new Twice(node));
        for (Twice one : busy) one.node.callAfter(0, one);
        List<String> torn = new ArrayList<>();
        int[] looks = new int[1];
        for (int i = 1; i <= 100; i++) {
            world.engine().schedule(i * 2_000_000L, () -> {
                looks[0]++;
                for (Twice one : busy) {
                    if (one.before != one.after) torn.add(one.before + " " + one.after);
                }
            });
        }
        advance(12);
        assertThat(looks[0]).isEqualTo(100);
        assertThat(torn).isEmpty();
        assertThat(busy).allSatisfy(one -> assertThat(one.after).isPositive());
        List<Long> afterwards = busy.stream().map(one -> one.after).toList();
        double unused = 0;
        for (int i = 1; i < 5_000_000; i++)
            unused += Math.sqrt(i + unused); // long enough for some turns of the loops if they were running
        assertThat(unused).isPositive();
        assertThat(busy.stream().map(one -> one.after)).isEqualTo(afterwards);
    }

    @Test
    void whatANodeTellsIsHeardOnTheHarnesssThreadAfterItsClock() {
        List<String> wrong = new ArrayList<>();
        int[] heard = new int[1];
        for (NodeRuntime node : nodes) {
            node.callAfter(1_000_000L, () -> {
                long toldNanos = node.nowNanos();
                world.tell(() -> {
                    heard[0]++;
                    if (world.engine().nowNanos() < toldNanos) wrong.add("before it was told");
                });
            });
        }
        Thread harness = Thread.currentThread();
        world.tell(() -> assertThat(Thread.currentThread()).isSameAs(harness));
        advance(3);
        assertThat(heard[0]).isEqualTo(nodes.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatANodeThrowsEndsTheRun() {
        nodes.get(1).callAfter(1_000_000L, () -> {
            throw new IllegalArgumentException("got a bug, expected none");
        });
        assertThatThrownBy(() -> advance(500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got a bug");
    }
}
