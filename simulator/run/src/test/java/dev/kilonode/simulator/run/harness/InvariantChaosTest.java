package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.scenario.Invariant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Random networks with random faults, and a network with a backlog: what each design violates, and nothing else. */
@Tag("once")
class InvariantChaosTest {

    private static final int RUNS = 50;

    private static final List<String> FAULTS =
            List.of("kill", "isolate", "latency", "loss", "throttle", "slow-cpu", "garbage");

    /** What a peer that stays violates. */
    private static final Set<Invariant> RACE = EnumSet.of(
            Invariant.PEERS_HAVE_CONNECTIONS,
            Invariant.CHANNELS_HAVE_CONNECTIONS,
            Invariant.PEER_EVENTS_PAIRED,
            Invariant.REGISTRY_MAPS_MIRROR,
            Invariant.PEER_COUNT_AGREES);

    /**
     * What the designs violate in networks without a backlog; slow cores make one, see below. In paired-locks the maps agree, but a connection that ends during its
     * registration has its PeerDisconnected before its PeerConnected.
     */
    private static final Map<RegistryDesign, Set<Invariant>> VIOLATED = Map.of(
            RegistryDesign.SCOPED_LOCKS, RACE,
            RegistryDesign.STRIPED_MAPS, RACE,
            RegistryDesign.PAIRED_LOCKS, EnumSet.of(Invariant.PEER_EVENTS_PAIRED));

    @TempDir
    Path out;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noInvariantAlarms(int seed) throws IOException {
        Random random = new Random(seed);
        RegistryDesign design = RegistryDesign.values()[seed % RegistryDesign.values().length];
        List<String> values = scenario(random, design, seed);
        SmallRun run = SmallRun.of(out, values.toArray(String[]::new));
        assertThat(run.total("transport.delivered")).as("%s", values).isGreaterThan(1_000);
        assertThat(run.data().series("registry.peers.unconnected", "", "count"))
                .as("%s", values)
                .isNotNull();
        boolean backlog = values.stream().anyMatch(value -> value.contains("slow-cpu"));
        Set<Invariant> violated =
                backlog && design != RegistryDesign.AT_HANDSHAKE ? RACE : VIOLATED.getOrDefault(design, Set.of());
        List<EventRow> violations = run.events().stream()
                .filter(event -> event.type() == EventRow.Type.INVARIANT)
                .filter(event ->
                        violated.stream().noneMatch(known -> known.label().equals(event.name())))
                .toList();
        assertThat(violations).as("%s", values).isEmpty();
    }

    /** A message that waits in its shard while its connection ends is recorded after the removal. */
    @ParameterizedTest
    @CsvSource({"LOCK_ACROSS_REGISTRATION, true", "AT_HANDSHAKE, false"})
    void behindABacklogADesignThatRecordsMessagesLeavesPeersBehind(RegistryDesign design, boolean leaves)
            throws IOException {
        SmallRun run = SmallRun.of(
                Path.of("../..", "scenarios", "quickstart.yaml"),
                out,
                false,
                RunControl.NONE,
                "duration=30m",
                "transport.registry=" + design.label());
        assertThat(run.events().stream()
                        .filter(event -> event.type() == EventRow.Type.INVARIANT)
                        .anyMatch(event -> event.name().equals(Invariant.PEERS_HAVE_CONNECTIONS.label())))
                .isEqualTo(leaves);
    }

    private static List<String> scenario(Random random, RegistryDesign design, int seed) {
        List<String> values = new ArrayList<>(List.of(
                "seed=" + seed,
                "transport.registry=" + design.label(),
                "duration=8m",
                "nodes.count=" + (12 + random.nextInt(18)),
                "nodes.per-host=5",
                "dht.notifications.rate=" + (1 + random.nextInt(3)) + "/s",
                "network.loss=" + (1 + random.nextInt(3)) + "%",
                "network.idle-timeout=" + (5 + random.nextInt(40)) + "s",
                "identity.timeout=" + (2 + random.nextInt(14)) + "s",
                "costs.wake-up=" + List.of("100us", "5ms", "100ms").get(random.nextInt(3)),
                "costs.endpoint-lock.wait-per-packet-rate="
                        + List.of("0us", "100us", "1ms").get(random.nextInt(3)),
                "workload.uploaders.count=" + (1 + random.nextInt(6)),
                "workload.uploaders.every=" + (10 + random.nextInt(50)) + "s",
                "workload.uploaders.abrupt-exit=" + 50 * random.nextInt(3) + "%",
                "workload.upload.payment=1s",
                "workload.churn.restarts-per-node=" + 10 * random.nextInt(5) + "/h",
                "workload.churn.downtime=" + (1 + random.nextInt(30)) + "s",
                "workload.churn.abrupt=" + 50 * random.nextInt(3) + "%"));
        List<String> faults = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String kind = FAULTS.get(random.nextInt(FAULTS.size()));
            faults.add("{name: fault-" + i + ", kind: " + kind + ", at: " + (60 + random.nextInt(200)) + "s, lasting: "
                    + (5 + random.nextInt(90)) + "s, share: " + (10 + random.nextInt(90)) + "%, factor: "
                    + (2 + random.nextInt(40)) + "}");
        }
        values.add("faults=[" + String.join(", ", faults) + "]");
        return values;
    }
}
