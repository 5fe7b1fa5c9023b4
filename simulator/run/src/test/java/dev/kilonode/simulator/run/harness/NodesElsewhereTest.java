package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.RemoteNodes.Peer;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plan says of nodes elsewhere is compared with what a run does that has all of them. */
class NodesElsewhereTest {

    private static final long SECOND = 1_000_000_000L;

    private static final String[] OVERRIDES = {
        "duration=4m",
        "nodes.join-over=30s",
        "workload.churn.restarts-per-node=60/h",
        "workload.churn.downtime=20s",
        "workload.churn.new-address=30%",
        "faults=[{name: die, kind: kill, at: 10s, lasting: 40s, share: 40%},"
                + " {name: again, kind: kill, at: 80s, lasting: 90s, share: 50%},"
                + " {name: noise, kind: garbage, at: 1m, lasting: 1m, share: 20%}]"
    };

    @TempDir
    Path out;

    private int up;
    private int down;
    private int moved;
    private final List<String> wrong = new ArrayList<>();

    private static RunPlan plan(World world) {
        return RunPlan.of(
                new ScenarioLoader()
                        .load(
                                SmallRun.SMOKE,
                                Stream.of(OVERRIDES)
                                        .map(text -> ValueOverride.parse("test", text))
                                        .toList())
                        .scenario(),
                world.seeds());
    }

    @Test
    void joinsChurnAndKillsOfAnotherProcessAreKnownByThePlan() throws IOException {
        SmallRun.of(
                SmallRun.SMOKE,
                out,
                false,
                RunControl.NONE,
                world -> {
                    RunPlan plan = plan(world);
                    NodesElsewhere elsewhere = new NodesElsewhere(world, plan, new Part(1, 2, host -> 0));
                    for (long second = 1; second < 240; second++) {
                        world.engine().schedule(second * SECOND + SECOND / 3, () -> compare(world, plan, elsewhere));
                    }
                },
                OVERRIDES);
        assertThat(wrong).isEmpty();
        assertThat(up).isPositive();
        assertThat(down).isPositive();
        assertThat(moved).as("nodes at another port than their first").isPositive();
    }

    private void compare(World world, RunPlan plan, NodesElsewhere elsewhere) {
        elsewhere.advance();
        for (PlannedNode node : plan.nodes()) {
            NodeAddress first = new NodeAddress(world.ip(node.host()), node.port());
            NodeAddress now = elsewhere.addressOf(node.number());
            if (!now.equals(first)) moved++;
            for (NodeAddress address : List.of(first, now)) {
                boolean alive = elsewhere.at(address) == Peer.NODE;
                if (alive) up++;
                else down++;
                if (alive != world.isAlive(address)) wrong.add(world.nowNanos() + " " + node + " " + address);
            }
        }
    }

    @Test
    void aLostProcessHasNoNodesAndNoClientsAnyMore() throws IOException {
        List<Peer> seen = new ArrayList<>();
        SmallRun.of(
                SmallRun.SMOKE,
                out,
                false,
                RunControl.NONE,
                world -> {
                    RunPlan plan = plan(world);
                    NodesElsewhere elsewhere = new NodesElsewhere(world, plan, new Part(2, 3, host -> host % 2));
                    PlannedNode own = plan.nodes().get(0);
                    int client = plan.uploaders().get(0).host();
                    NodeAddress ofClient = new NodeAddress(world.ip(client), 10_000);
                    world.engine().schedule(9 * SECOND, () -> {
                        elsewhere.advance();
                        seen.add(elsewhere.at(elsewhere.addressOf(own.number())));
                        seen.add(elsewhere.at(ofClient));
                        elsewhere.processLost(own.host() % 2);
                        elsewhere.processLost(client % 2);
                        seen.add(elsewhere.at(elsewhere.addressOf(own.number())));
                        seen.add(elsewhere.at(ofClient));
                    });
                    world.engine().schedule(100 * SECOND, () -> {
                        elsewhere.advance();
                        seen.add(elsewhere.at(elsewhere.addressOf(own.number())));
                    });
                },
                "duration=2m");
        assertThat(seen).containsExactly(Peer.NODE, Peer.CLIENT, Peer.GONE, Peer.GONE, Peer.GONE);
    }
}
