package dev.kilonode.simulator.run.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {

    /** Uneven groups: 7, 3 and 1 hosts with 40 nodes, 5 uploaders, 3 attacks. */
    private static final String[] UNEVEN = {
        "hosts=[{name: big, count: 7}, {name: small, count: 3}, {name: one, count: 1}]",
        "nodes.count=40",
        "nodes.per-host=40",
        "workload.uploaders.count=5",
        "faults=[{name: a, kind: garbage, at: 1m, lasting: 1m}, {name: b, kind: garbage, at: 2m, lasting: 1m},"
                + " {name: c, kind: deaf, at: 1m, lasting: 1m}]"
    };

    private static RunPlan plan(String... overrides) {
        List<ValueOverride> values = Stream.concat(Stream.of("clock=wall", "checks=[]"), Stream.of(overrides))
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        Scenario scenario = new ScenarioLoader()
                .load(Path.of("../..", "scenarios", "smoke.yaml"), values)
                .scenario();
        return RunPlan.of(scenario, new Seeds(scenario.seed()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void eachPartHasItsShareOfEachGroupAndOfTheNodes(int parts) {
        RunPlan plan = plan(UNEVEN);
        Placement placement = Placement.of(plan, parts);
        Map<String, int[]> hosts = new HashMap<>();
        int[] nodes = new int[parts];
        int[] all = new int[parts];
        List<PlannedHost> planned = new ArrayList<>(plan.hosts());
        planned.addAll(plan.attackHosts());
        assertThat(placement.hosts()).isEqualTo(planned.size());
        for (PlannedHost host : planned) {
            int owner = placement.ownerOf(host.number());
            all[owner]++;
            String group = host.number() < plan.hosts().size() ? host.group().name() : "attacks";
            hosts.computeIfAbsent(group, unused -> new int[parts])[owner]++;
        }
        for (PlannedNode node : plan.nodes()) nodes[placement.ownerOf(node.host())]++;
        hosts.forEach((group, counts) ->
                assertThat(spread(counts)).as("hosts of " + group).isLessThanOrEqualTo(1));
        assertThat(hosts).containsOnlyKeys("big", "small", "one", "uploaders", "attacks");
        assertThat(spread(all)).as("hosts of all groups").isLessThanOrEqualTo(2);
        assertThat(spread(nodes)).as("nodes").isLessThanOrEqualTo(4); // those of one host
        for (int part = 0; part < parts; part++) {
            assertThat(placement.nodes(part)).isEqualTo(nodes[part]);
            assertThat(placement.nodeHosts(part)).isPositive();
        }
        assertThat(placement.reachesAllParts()).isTrue();
    }

    @Test
    void whereThePartsDivideTheHostsNodesAreEqual() {
        for (int parts : new int[] {2, 3, 4, 6, 12}) {
            Placement placement =
                    Placement.of(plan("hosts=[{name: all, count: 12}]", "nodes.count=60", "nodes.per-host=5"), parts);
            for (int part = 0; part < parts; part++) {
                assertThat(placement.nodes(part)).as(part + " of " + parts).isEqualTo(60 / parts);
            }
        }
    }

    @Test
    void morePartsThanHostsAreTold() {
        RunPlan plan = plan("hosts=[{name: all, count: 3}]", "nodes.count=9", "nodes.per-host=9");
        assertThat(Placement.of(plan, 3).reachesAllParts()).isTrue();
        assertThat(Placement.of(plan, 4).reachesAllParts())
                .as("uploaders alone are no part")
                .isFalse();
        assertThatThrownBy(() -> Placement.of(plan, 0)).hasMessageContaining("got 0 parts");
    }

    @Test
    void eachHostHasOneOwnerAndEachUploadOneNumber() {
        Placement placement = Placement.of(plan(UNEVEN), 3);
        Set<Long> numbers = new HashSet<>();
        for (int host = 0; host < placement.hosts(); host++) {
            int owners = 0;
            for (int part = 0; part < 3; part++) {
                if (placement.part(part).owns(host)) owners++;
            }
            assertThat(owners).isEqualTo(1);
        }
        for (int part = 0; part < 3; part++) {
            for (long own = 0; own < 10; own++) numbers.add(placement.part(part).unique(own));
        }
        assertThat(numbers).hasSize(30);
        assertThat(Part.WHOLE.unique(7)).isEqualTo(7);
    }

    private static int spread(int[] counts) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int count : counts) {
            least = Math.min(least, count);
            most = Math.max(most, count);
        }
        return most - least;
    }
}
