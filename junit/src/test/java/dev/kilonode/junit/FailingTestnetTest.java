package dev.kilonode.junit;

import static dev.kilonode.junit.TestnetAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What a user sees when a test fails, or is wrong. */
class FailingTestnetTest {

    @Test
    void aFailurePrintsTheReportsPath() {
        PrintStream before = System.err;
        var err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        Throwable failure;
        try {
            failure = failureOf("tooSlow");
        } finally {
            System.setErr(before);
        }
        assertThat(failure).isInstanceOf(AssertionError.class).hasMessageContaining("expected at most 1,000 ms");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsPattern("kilonode: .*seed 5 failed; its report: \\S+report\\.html");
    }

    @Test
    void aWrongScenarioFailsWithItsOwnWords() {
        assertThat(failureOf("wrongValue"))
                .hasMessageContaining("transport.shrads")
                .hasMessageContaining("shards");
    }

    @Test
    void aMissingFileFailsWithItsName() {
        assertThat(failureOf("noSuchFile")).hasMessageContaining("no-such-scenario.yaml");
    }

    @Test
    void aMethodThatLooksAtNoRunIsRefused() {
        assertThat(failureOf("looksAtNothing")).hasMessageContaining("takes no TestnetRun");
    }

    private static Throwable failureOf(String method) {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(
                                        Wrong.class,
                                        method,
                                        method.equals("looksAtNothing") ? "" : TestnetRun.class.getName()))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getFailures()).hasSize(1);
        return summary.getFailures().get(0).getException();
    }

    /** Run by the tests above only: its name does not look like a test's. */
    static class Wrong {

        @Testnet(
                value = "../scenarios/smoke.yaml",
                seed = 5,
                set = {"nodes.count=16", "nodes.per-host=4", "duration=2m"})
        void tooSlow(TestnetRun run) {
            assertThat(run).uploads().p95().isAtMost(Duration.ofSeconds(1));
        }

        @Testnet(value = "../scenarios/smoke.yaml", set = "transport.shrads=4")
        void wrongValue(TestnetRun run) {
            assertThat(run).passes();
        }

        @Testnet("../scenarios/no-such-scenario.yaml")
        void noSuchFile(TestnetRun run) {
            assertThat(run).passes();
        }

        @Testnet("../scenarios/smoke.yaml")
        void looksAtNothing() {}
    }
}
