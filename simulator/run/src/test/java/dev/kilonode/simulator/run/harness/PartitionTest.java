package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.kernel.virtual.VirtualHost;
import dev.kilonode.simulator.kernel.virtual.VirtualWorld;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that own different hosts, here run one after another, execute the same plan as a run in one process. */
class PartitionTest {

    private static final String[] OVERRIDES = {
        "duration=3m",
        "metrics.window=1m",
        "nodes.join-over=30s",
        "workload.churn.restarts-per-node=60/h",
        "workload.churn.downtime=20s",
        "workload.churn.new-address=30%",
        "faults=[{name: die, kind: kill, at: 80s, lasting: 90s, share: 30%},"
                + " {name: noise, kind: garbage, at: 1m, lasting: 1m, share: 20%}]"
    };

    @TempDir
    Path folder;

    /**
     * The part of one process.
     *
     * @param nodes the number of endpoints that were up at the end, by the address of their host
     */
    private record Done(Map<Integer, Integer> nodes, double restarts, double attacks) {}

    private Done run(String name, Part part) throws IOException {
        List<World> worlds = new ArrayList<>();
        SmallRun run = SmallRun.part(folder.resolve(name), worlds::add, part, OVERRIDES);
        Map<Integer, Integer> nodes = new HashMap<>();
        for (VirtualHost host : ((VirtualWorld) worlds.get(0)).hosts()) {
            boolean nodesOnly = !host.group().name().equals("uploaders"); // the lives of clients depend on events
            nodes.put(host.ip(), nodesOnly ? host.nodes() : 0);
        }
        return new Done(nodes, run.total("node.restarts"), run.total("rogue.acts"));
    }

    @Test
    void thePartsTogetherDoWhatOneProcessDoes() throws IOException {
        Done whole = run("whole", Part.WHOLE);
        assertThat(whole.restarts()).isPositive();
        assertThat(whole.attacks()).isPositive();
        for (int parts : new int[] {2, 3}) {
            Map<Integer, Integer> nodes = new HashMap<>();
            double restarts = 0;
            double attacks = 0;
            for (int part = 0; part < parts; part++) {
                Done done = run(parts + "-" + part, new Part(part, parts, host -> host % parts));
                assertThat(nodes.keySet())
                        .as("hosts owned twice")
                        .doesNotContainAnyElementsOf(done.nodes().keySet());
                nodes.putAll(done.nodes());
                restarts += done.restarts();
                attacks += done.attacks();
            }
            assertThat(nodes).as("endpoints by host, in " + parts + " parts").isEqualTo(whole.nodes());
            assertThat(restarts).isEqualTo(whole.restarts());
            assertThat(attacks).isEqualTo(whole.attacks());
        }
    }
}
