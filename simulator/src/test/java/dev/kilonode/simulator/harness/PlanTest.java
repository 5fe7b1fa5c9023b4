package dev.kilonode.simulator.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.provider.BuiltInLinks;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Plan.Machine LARGE = new Plan.Machine(64L << 30, 64, 1_000_000, 1L << 50);

    @Test
    void aLargeMachineCarriesAThousandNodesOnQuic() {
        assertThat(plan(rc17("clock=wall", "wall.link=quic"), LARGE))
                .extracting(Plan.Need::grade)
                .containsOnly(Plan.Grade.OK);
    }

    @Test
    void tooFewDescriptorsNameTheLimitAndTheRemedies() {
        Plan.Machine machine = new Plan.Machine(64L << 30, 64, 20_000, 1L << 50);
        Plan.Need need = need(rc17("clock=wall", "wall.link=tcp"), machine, "descriptors");
        assertThat(need.grade()).isEqualTo(Plan.Grade.FAIL);
        assertThat(need.remedy()).contains("20000", "ulimit -n", "--set wall.link=memory", "quic", "--scale 0.");
        assertThat(need(rc17("clock=wall", "wall.link=quic"), machine, "descriptors")
                        .grade())
                .isEqualTo(Plan.Grade.OK);
        assertThat(need(rc17(), machine, "descriptors").grade())
                .as("virtual time opens no socket")
                .isEqualTo(Plan.Grade.OK);
    }

    @Test
    void tooLittleHeapNamesWhatToWrite() {
        Plan.Need need = need(rc17(), new Plan.Machine(512L << 20, 2, 20_000, 1L << 50), "memory");
        assertThat(need.grade()).isEqualTo(Plan.Grade.FAIL);
        assertThat(need.remedy()).contains("1000 nodes need about", "KILONODE_JAVA_OPTS=-Xmx", "--scale");
    }

    @Test
    void nodesThatHardlyLookUpMeetFewAndNeedLittle() {
        Scenario quiet = rc17(
                "clock=wall",
                "wall.link=quic",
                "duration=2h",
                "workload.uploaders.count=0",
                "dht.max-iterations=1",
                "dht.self-lookup={min: 30m, max: 40m}",
                "dht.refresh.buckets=0",
                "dht.notifications.neighbours=6");
        assertThat(need(quiet, new Plan.Machine(684L << 20, 2, 20_000, 1L << 50), "memory")
                        .grade())
                .isEqualTo(Plan.Grade.OK);
        Scenario busy = rc17("clock=wall", "wall.link=quic", "duration=2h");
        assertThat(need(busy, new Plan.Machine(684L << 20, 2, 20_000, 1L << 50), "memory")
                        .grade())
                .isEqualTo(Plan.Grade.FAIL);
    }

    @Test
    void aLoadThatTheCoresCannotSignIsWarnedOf() {
        Plan.Need need = need(
                rc17("clock=wall", "dht.notifications.rate=20/s"),
                new Plan.Machine(64L << 30, 2, 1_000_000, 1L << 50),
                "processors");
        assertThat(need.grade()).isEqualTo(Plan.Grade.WARN);
        assertThat(need.remedy()).contains("Ed25519");
    }

    @Test
    void threadsDoNotDependOnTheNumberOfNodes() {
        assertThat(need(rc17("clock=wall", "wall.link=quic", "nodes.count=10"), LARGE, "threads"))
                .isEqualTo(need(rc17("clock=wall", "wall.link=quic"), LARGE, "threads"));
    }

    @Test
    void chunksOnDiskWantADiskThatIsLargeEnough() {
        String[] onDisk = {"clock=wall", "store.medium=disk", "store.directory=somewhere"};
        Plan.Need need = need(rc17(onDisk), LARGE, "disk");
        assertThat(need.grade()).isEqualTo(Plan.Grade.OK);
        assertThat(need.wanted()).contains("MiB in somewhere");
        need = need(rc17(onDisk), new Plan.Machine(64L << 30, 64, 1_000_000, 1L << 30), "disk");
        assertThat(need.grade()).as("the run works, and refuses").isEqualTo(Plan.Grade.WARN);
        assertThat(need.remedy()).contains("store.directory");
        assertThat(plan(rc17("clock=wall"), LARGE)).extracting(Plan.Need::what).doesNotContain("disk");
    }

    private static List<Plan.Need> plan(Scenario scenario, Plan.Machine machine) {
        return Plan.of(scenario, BuiltInLinks.named(scenario.wall().link()), machine);
    }

    private static Plan.Need need(Scenario scenario, Plan.Machine machine, String what) {
        return plan(scenario, machine).stream()
                .filter(need -> need.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario rc17(String... overrides) {
        return new ScenarioLoader(new Catalogue())
                .load(
                        Path.of("..", "scenarios", "rc-17.yaml"),
                        Arrays.stream(overrides)
                                .map(text -> ValueOverride.parse("test", text))
                                .toList())
                .scenario();
    }
}
