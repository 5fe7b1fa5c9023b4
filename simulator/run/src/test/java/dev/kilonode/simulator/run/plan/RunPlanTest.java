package dev.kilonode.simulator.run.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunPlanTest {

    private static final String FAULTS = "faults=[{name: late, kind: garbage, at: 2m, lasting: 1m},"
            + " {name: cut, kind: isolate, at: 1m, lasting: 1m, share: 50%},"
            + " {name: early, kind: garbage, at: 1m, lasting: 1m}]";

    private static Scenario scenario(String... overrides) {
        List<ValueOverride> values = Stream.of(overrides)
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        return new ScenarioLoader()
                .load(Path.of("../..", "scenarios", "smoke.yaml"), values)
                .scenario();
    }

    private static List<PlannedRestart> restarts(RunPlan plan) {
        List<PlannedRestart> restarts = new ArrayList<>();
        plan.churn().forEach(restarts::add);
        return restarts;
    }

    @Test
    void thePlanFollowsFromTheScenarioAndTheSeed() {
        Scenario scenario = scenario(FAULTS, "workload.churn.restarts-per-node=20/h");
        RunPlan plan = RunPlan.of(scenario, new Seeds(7));
        RunPlan again = RunPlan.of(scenario, new Seeds(7));
        assertThat(again).isEqualTo(plan);
        assertThat(restarts(again)).isEqualTo(restarts(plan)).isEqualTo(restarts(plan));
        RunPlan other = RunPlan.of(scenario, new Seeds(8));
        assertThat(other.uploaders()).isNotEqualTo(plan.uploaders());
        assertThat(other.faults()).isNotEqualTo(plan.faults());
        assertThat(restarts(other)).isNotEqualTo(restarts(plan));
    }

    @Test
    void hostsAreNumberedInTheOrderOfTheirGroupsThenForUploadersThenForAttacksAsTheyBegin() {
        RunPlan plan = RunPlan.of(scenario(FAULTS), new Seeds(1));
        for (int i = 0; i < plan.hosts().size(); i++) {
            assertThat(plan.hosts().get(i).number()).isEqualTo(i);
        }
        assertThat(plan.uploaders())
                .isNotEmpty()
                .allSatisfy(uploader -> assertThat(uploader.host()).isGreaterThanOrEqualTo(plan.nodeHosts()));
        int next = plan.hosts().size();
        PlannedHost late = plan.faults().get(0).attackHost();
        PlannedHost early = plan.faults().get(2).attackHost();
        assertThat(plan.faults().get(1).attackHost()).isNull();
        assertThat(early).isNotNull().extracting(PlannedHost::number).isEqualTo(next);
        assertThat(late).isNotNull().extracting(PlannedHost::number).isEqualTo(next + 1);
    }

    @Test
    void bootstrapsStartAtOnceAndTheOthersEvenlyUntilTheEndOfTheJoin() {
        Scenario scenario = scenario();
        List<PlannedNode> nodes = RunPlan.of(scenario, new Seeds(1)).nodes();
        int bootstraps = scenario.nodes().bootstraps();
        assertThat(nodes.subList(0, bootstraps)).allMatch(node -> node.joinNanos() == 0);
        long gap = nodes.get(bootstraps).joinNanos();
        assertThat(gap).isPositive();
        for (int i = bootstraps; i < nodes.size(); i++) {
            assertThat(nodes.get(i).joinNanos()).isEqualTo(gap * (i - bootstraps + 1));
        }
        long last = nodes.get(nodes.size() - 1).joinNanos();
        assertThat(last)
                .isBetween(
                        scenario.nodes().joinOver().toNanos() - nodes.size(),
                        scenario.nodes().joinOver().toNanos());
        assertThat(nodes.stream().map(node -> node.host() + ":" + node.port())).doesNotHaveDuplicates();
    }

    @Test
    void restartsComeInOrderUntilTheEndAndANodeIsUpAgainBeforeItStops() {
        Scenario scenario = scenario(
                "workload.churn.restarts-per-node=60/h",
                "workload.churn.downtime=20s",
                "workload.churn.new-address=50%");
        List<PlannedRestart> restarts = restarts(RunPlan.of(scenario, new Seeds(1)));
        assertThat(restarts)
                .hasSizeGreaterThan(100)
                .isSortedAccordingTo((one, other) -> Long.compare(one.downNanos(), other.downNanos()));
        long[] up = new long[scenario.nodes().count()];
        for (PlannedRestart restart : restarts) {
            assertThat(restart.downNanos())
                    .isBetween(up[restart.node()], scenario.duration().toNanos());
            up[restart.node()] = restart.upNanos();
            assertThat(restart.upNanos() - restart.downNanos()).isEqualTo(20_000_000_000L);
            if (restart.node() < scenario.nodes().bootstraps())
                assertThat(restart.moves()).isFalse();
        }
        assertThat(restarts).anyMatch(PlannedRestart::moves).anyMatch(PlannedRestart::abrupt);
        assertThat(restarts(RunPlan.of(scenario(), new Seeds(1)))).isEmpty();
    }
}
