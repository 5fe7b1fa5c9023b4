package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.run.harness.FaultyRegistry.Bug;
import dev.kilonode.simulator.scenario.Invariant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in which one thing is wrong on purpose: the invariant that says so is named, and the mode decides what it does to the verdict. */
class InvariantsTest {

    private static final String[] NETWORK = {
        "duration=10m",
        "nodes.count=10",
        "nodes.per-host=5",
        "dht.notifications.rate=6/s",
        "workload.uploaders.every=30s",
        "workload.churn.restarts-per-node=12/h",
        "workload.churn.downtime=10s",
        "workload.churn.abrupt=0%"
    };

    @TempDir
    Path out;

    @ParameterizedTest
    @CsvSource({
        "KEEPS_PEERS, PEERS_HAVE_CONNECTIONS",
        "KEEPS_PEERS, PEER_EVENTS_PAIRED",
        "KEEPS_CHANNELS, CHANNELS_HAVE_CONNECTIONS",
        "KEEPS_CHANNELS, REGISTRY_MAPS_MIRROR",
        "FILLS_ONE_MAP, REGISTRY_MAPS_MIRROR",
        "HIDES_DEPARTURES, PEER_EVENTS_PAIRED",
        "ANNOUNCES_TWICE, PEER_EVENTS_PAIRED",
        "COUNTS_ONE_TOO_MANY, PEER_COUNT_AGREES",
        "FORGETS_A_CALLER, REQUESTS_END",
        "NEVER_RELEASES_A_LOCK, LOCK_WAITERS_SERVED",
        "LEAKS_TIMERS, TIMERS_RELEASED",
        "GOES_ON_AFTER_THE_END, TIMERS_RELEASED"
    })
    void aPlantedBugIsNamed(Bug bug, Invariant invariant) throws IOException {
        SmallRun run = run(bug, "invariants=strict");
        assertThat(violated(run)).as("seed 1").contains(invariant.label());
        assertThat(run.total("invariants.violated", "invariant=" + invariant.label()))
                .isPositive();
        CheckResult check = check(run).orElseThrow();
        assertThat(check.status()).isEqualTo(CheckResult.Status.FAIL);
        assertThat(check.why()).contains(invariant.label());
        assertThat(run.end().verdict().result()).isEqualTo(Summary.Verdict.FAIL);
        EventRow first = run.events().stream()
                .filter(event -> event.name().equals(invariant.label()))
                .findFirst()
                .orElseThrow();
        assertThat(first.details()).containsKeys("where", "subjects", "what", "means");
        assertThat(String.valueOf(first.details().get("where"))).matches("(node|client) \\d+");
    }

    @Test
    void aRegistryWithoutABugViolatesNothing() throws IOException {
        SmallRun run = run(Bug.NONE, "invariants=strict");
        assertThat(violated(run)).isEmpty();
        assertThat(check(run).orElseThrow().status()).isEqualTo(CheckResult.Status.PASS);
        assertThat(run.end().verdict().result()).isEqualTo(Summary.Verdict.PASS);
    }

    @Test
    void aViolationWarnsUnlessItIsStrictAndIsNotLookedForWhenOff() throws IOException {
        SmallRun warned = run(Bug.KEEPS_PEERS);
        assertThat(check(warned).orElseThrow().status()).isEqualTo(CheckResult.Status.WARN);
        assertThat(warned.end().verdict().result()).isEqualTo(Summary.Verdict.PASS);
        assertThat(warned.end().verdict().words()).contains("warned: invariants", "peers-have-connections");
        SmallRun off = run(Bug.KEEPS_PEERS, "invariants=off");
        assertThat(check(off)).isEmpty();
        assertThat(violated(off)).isEmpty();
        assertThat(off.end().verdict().result()).isEqualTo(Summary.Verdict.PASS);
        assertThat(off.end().digest()).isEqualTo(warned.end().digest());
    }

    @Test
    void anExemptInvariantIsNotWatchedAndNamedAsExempt() throws IOException {
        SmallRun run =
                run(Bug.COUNTS_ONE_TOO_MANY, "invariants=strict", "exempt-invariants=[peer-count-agrees, uploads-end]");
        assertThat(violated(run)).isEmpty();
        assertThat(run.end().verdict().result()).isEqualTo(Summary.Verdict.PASS);
        assertThat(health(run)).contains("9 invariants watched", "exempt: peer-count-agrees, uploads-end");
    }

    @Test
    void aSettingThatKeepsDeadConnectionsExemptsTheirRelease() throws IOException {
        SmallRun run = SmallRun.of(
                out, "invariants=strict", "network.keeps-dead-connections=true", "workload.uploaders.abrupt-exit=100%");
        assertThat(health(run)).contains("exempt: connections-released");
        assertThat(violated(run)).isEmpty();
    }

    @Test
    void aDesignThatCannotBeEnumeratedIsReportedAsNotWatchedAndNeverPassesStrict() throws IOException {
        SmallRun warned = run(Bug.CANNOT_ENUMERATE);
        assertThat(health(warned)).contains("not watched", "peers-have-connections", "registry-maps-mirror");
        assertThat(warned.end().verdict().result()).isEqualTo(Summary.Verdict.PASS);
        SmallRun strict = run(Bug.CANNOT_ENUMERATE, "invariants=strict");
        assertThat(check(strict).orElseThrow().status()).isEqualTo(CheckResult.Status.INCONCLUSIVE);
        assertThat(strict.end().verdict().result()).isEqualTo(Summary.Verdict.INCONCLUSIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"race", "race-paired"})
    void theRaceIsShownAndItsRemedyHolds(String scenario) throws IOException {
        SmallRun run = SmallRun.of(
                Path.of("../..", "scenarios", scenario + ".yaml"), out, false, RunControl.NONE, "invariants=strict");
        if (scenario.equals("race")) {
            assertThat(violated(run)).contains("peers-have-connections", "peer-events-paired", "peer-count-agrees");
            assertThat(run.end().verdict().result()).isEqualTo(Summary.Verdict.FAIL);
        } else {
            assertThat(violated(run)).isEmpty();
            assertThat(run.end().verdict().result()).isEqualTo(Summary.Verdict.PASS);
        }
    }

    @Test
    void theCheckOfAKilledRunIsMadeOfItsEvents() throws IOException {
        SmallRun run = run(Bug.KEEPS_PEERS, "invariants=strict");
        RunEnd again = RecordedRun.of(run.data())
                .judge(
                        new dev.kilonode.simulator.scenario.ScenarioLoader()
                                .load(run.data().directory().resolve("scenario.resolved.yaml"))
                                .scenario(),
                        List.of());
        CheckResult check =
                again.checks().stream().filter(CheckResult::builtIn).findFirst().orElseThrow();
        assertThat(check).isEqualTo(check(run).orElseThrow());
    }

    private SmallRun run(Bug bug, String... more) throws IOException {
        List<String> values = new ArrayList<>(Arrays.asList(NETWORK));
        values.addAll(Arrays.asList(more));
        return SmallRun.with(
                designs -> new TransportDesigns(new FaultyRegistry.Provider(bug), designs.dispatch()),
                out,
                values.toArray(String[]::new));
    }

    private static Set<String> violated(SmallRun run) {
        return run.events().stream()
                .filter(event -> event.type() == EventRow.Type.INVARIANT)
                .map(EventRow::name)
                .collect(Collectors.toSet());
    }

    private static Optional<CheckResult> check(SmallRun run) {
        return run.end().checks().stream()
                .filter(check -> check.id().equals("invariants"))
                .findFirst();
    }

    private static String health(SmallRun run) {
        return run.end().health().stream()
                .filter(found -> found.id().equals("invariants-watched"))
                .map(found -> Objects.requireNonNull(found.words()))
                .findFirst()
                .orElse("");
    }
}
