package dev.kilonode.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.provider.BuiltInLinks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceEstimateTest {

    private static final ResourceEstimate.Machine LARGE =
            new ResourceEstimate.Machine(64L << 30, 64, 1_000_000, 1L << 50);

    @Test
    void aLargeMachineCarriesAThousandNodesOnQuic() {
        assertThat(plan(rc17("clock=wall", "wall.link=quic"), LARGE))
                .extracting(ResourceEstimate.Need::grade)
                .containsOnly(ResourceEstimate.Grade.OK);
    }

    @Test
    void tooFewDescriptorsNameTheLimitAndTheRemedies() {
        ResourceEstimate.Machine machine = new ResourceEstimate.Machine(64L << 30, 64, 20_000, 1L << 50);
        ResourceEstimate.Need need = need(rc17("clock=wall", "wall.link=tcp"), machine, "descriptors");
        assertThat(need.grade()).isEqualTo(ResourceEstimate.Grade.FAIL);
        assertThat(need.remedy()).contains("20000", "ulimit -n", "--set wall.link=memory", "quic", "--scale 0.");
        assertThat(need(rc17("clock=wall", "wall.link=quic"), machine, "descriptors")
                        .grade())
                .isEqualTo(ResourceEstimate.Grade.OK);
        assertThat(need(rc17(), machine, "descriptors").grade())
                .as("virtual time opens no socket")
                .isEqualTo(ResourceEstimate.Grade.OK);
    }

    @Test
    void tooLittleHeapNamesWhatToWrite() {
        ResourceEstimate.Need need =
                need(rc17(), new ResourceEstimate.Machine(512L << 20, 2, 20_000, 1L << 50), "memory");
        assertThat(need.grade()).isEqualTo(ResourceEstimate.Grade.FAIL);
        assertThat(need.remedy()).contains("1000 nodes need about", "KILONODE_JAVA_OPTS=-Xmx", "--scale");
    }

    @Test
    void nodesWithFewLookupsMeetFewPeersAndNeedLittleMemory() {
        Scenario quiet = rc17(
                "clock=wall",
                "wall.link=quic",
                "duration=2h",
                "workload.uploaders.count=0",
                "dht.max-iterations=1",
                "dht.self-lookup={min: 30m, max: 40m}",
                "dht.refresh.buckets=0",
                "dht.notifications.neighbours=6");
        assertThat(need(quiet, new ResourceEstimate.Machine(684L << 20, 2, 20_000, 1L << 50), "memory")
                        .grade())
                .isEqualTo(ResourceEstimate.Grade.OK);
        Scenario busy = rc17("clock=wall", "wall.link=quic", "duration=2h");
        assertThat(need(busy, new ResourceEstimate.Machine(684L << 20, 2, 20_000, 1L << 50), "memory")
                        .grade())
                .isEqualTo(ResourceEstimate.Grade.FAIL);
    }

    @Test
    void aLoadThatTheCoresCannotSignIsWarnedOf() {
        ResourceEstimate.Need need = need(
                rc17("clock=wall", "dht.notifications.rate=20/s"),
                new ResourceEstimate.Machine(64L << 30, 2, 1_000_000, 1L << 50),
                "processors");
        assertThat(need.grade()).isEqualTo(ResourceEstimate.Grade.WARN);
        assertThat(need.remedy()).contains("Ed25519");
    }

    @Test
    void threadsDoNotDependOnTheNumberOfNodes() {
        assertThat(need(rc17("clock=wall", "wall.link=quic", "nodes.count=10"), LARGE, "threads"))
                .isEqualTo(need(rc17("clock=wall", "wall.link=quic"), LARGE, "threads"));
    }

    @Test
    void chunksOnDiskNeedALargeEnoughDisk() {
        String[] onDisk = {"clock=wall", "store.medium=disk", "store.directory=somewhere"};
        ResourceEstimate.Need need = need(rc17(onDisk), LARGE, "disk");
        assertThat(need.grade()).isEqualTo(ResourceEstimate.Grade.OK);
        assertThat(need.wanted()).contains("MiB in somewhere");
        need = need(rc17(onDisk), new ResourceEstimate.Machine(64L << 30, 64, 1_000_000, 1L << 30), "disk");
        assertThat(need.grade()).as("the run works, and refuses").isEqualTo(ResourceEstimate.Grade.WARN);
        assertThat(need.remedy()).contains("store.directory");
        assertThat(plan(rc17("clock=wall"), LARGE))
                .extracting(ResourceEstimate.Need::what)
                .doesNotContain("disk");
    }

    private static List<ResourceEstimate.Need> plan(Scenario scenario, ResourceEstimate.Machine machine) {
        return ResourceEstimate.of(scenario, BuiltInLinks.named(scenario.wall().link()), machine);
    }

    private static ResourceEstimate.Need need(Scenario scenario, ResourceEstimate.Machine machine, String what) {
        return plan(scenario, machine).stream()
                .filter(need -> need.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario rc17(String... overrides) {
        return new ScenarioLoader()
                .load(
                        Path.of("../..", "scenarios", "rc-17.yaml"),
                        Arrays.stream(overrides)
                                .map(text -> ValueOverride.parse("test", text))
                                .toList())
                .scenario();
    }
}
