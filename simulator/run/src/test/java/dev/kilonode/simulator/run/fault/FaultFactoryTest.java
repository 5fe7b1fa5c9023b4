package dev.kilonode.simulator.run.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.virtual.VirtualWorld;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.run.plan.PlannedFault;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultFactoryTest {

    /** Has no targets and no peers: no fault of these tests begins. */
    private static final class NoPeers implements FaultTargets, MaliciousPeers {
        @Override
        public void kill(Host host) {}

        @Override
        public void revive(Host host) {}

        @Override
        public List<NodeAddress> addressesOn(int host) {
            return List.of();
        }

        @Override
        public Host newHost(PlannedHost host) {
            throw new AssertionError("a fault has begun");
        }

        @Override
        public MaliciousPeer newPeer(String name, Host host, boolean reads) {
            throw new AssertionError("a fault has begun");
        }

        @Override
        public void done(MaliciousAct act) {}
    }

    /** The validator refuses such a scenario. A run that skips the validator does not begin either. */
    @ParameterizedTest
    @EnumSource
    void aWorldMakesTheFaultsItsCapabilitiesAllowAndNoOthers(Fault.Kind kind) {
        String label = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        List<ValueOverride> values = List.of(
                ValueOverride.parse("test", "clock=wall"),
                ValueOverride.parse("test", "wall.link=quic"),
                ValueOverride.parse("test", "network.loss=1%"),
                ValueOverride.parse("test", "faults=[{name: f, kind: " + label + ", at: 1m, lasting: 1m, factor: 2}]"));
        Scenario scenario = new ScenarioLoader()
                .load(Path.of("../..", "scenarios", "smoke.yaml"), values)
                .scenario();
        Seeds seeds = new Seeds(1);
        VirtualWorld world = new VirtualWorld(scenario.network(), scenario.costs(), seeds, 1);
        PlannedFault planned = RunPlan.of(scenario, seeds).faults().get(0);
        assertThat(planned.fault().kind()).isEqualTo(kind);
        List<Host> hosts = List.of(world.addHost(0, scenario.hosts().get(0)));
        NoPeers peers = new NoPeers();
        if (world.capabilities().containsAll(kind.needs())) {
            assertThat(FaultFactory.of(planned, hosts, peers, peers, world)).isNotNull();
        } else {
            assertThatThrownBy(() -> FaultFactory.of(planned, hosts, peers, peers, world))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(kind.needs().toString());
        }
    }
}
