package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.model.ReportModelBuilder;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.simulator.run.OlderRun;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose uploads fail because of their links say so, with the counts, the link and what to write. */
@Tag("once")
class GivenUpFramesTest {

    @TempDir
    Path out;

    private SmallRun run(String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of(
                "hosts=[{name: m, count: 24, cores: 2}]",
                "nodes.count=24",
                "nodes.per-host=1",
                "nodes.bootstraps=2",
                "nodes.join-over=20s",
                "duration=8m",
                "metrics.window=1m",
                "workload.uploaders.count=1",
                "workload.uploaders.start-after=60s",
                "workload.uploaders.start-spread=0s",
                "workload.uploaders.every=2m",
                "workload.uploaders.up=20Mbps",
                "workload.upload.chunk-size=4MiB",
                "workload.upload.file-size=10MB",
                "workload.upload.payment=5s"));
        values.addAll(Arrays.asList(more));
        return SmallRun.of(out, values.toArray(String[]::new));
    }

    private static String uploads(SmallRun run) {
        return uploads(run.end());
    }

    private static String uploads(RunEnd end) {
        return end.health().stream()
                .filter(one -> one.id().equals("uploads-succeeded"))
                .map(HealthResult::words)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts[0].down=6Mbps | on-downlink | hosts[0].down of 6Mbps is too slow for the 4.29s that a sender waits"
                        + " for a chunk; write 6.42Mbps or more",
                "hosts[0].down=6Mbps; hosts[0].up=6Mbps | on-downlink | hosts[0].down of 6Mbps is too slow",
                "hosts[0].down=20Mbps; network.acknowledgement-rate=1GB/s | on-downlink | hosts[0].down of 20Mbps",
                "hosts[0].down=8Mbps | on-downlink | several at once shared a link",
                "network.latency={default: 2500ms} | on-path | network.acknowledgement: 1s",
                "network.latency={default: 600ms} | acknowledgement-late | write 1s320ms or more",
                "faults=[{name: f, kind: throttle, at: 30s, lasting: 7m, factor: 300}] | on-downlink |"
                        + " faults[0].factor of 300 makes hosts[0].down too slow"
            })
    void theCauseIsCountedAndTheLinkIsNamed(String values, String cause, String words) throws IOException {
        SmallRun run = run(values.split("; "));
        double givenUp = run.total("link.frames.given-up", "cause=" + cause);
        assertThat(givenUp).isPositive();
        assertThat(uploads(run))
                .contains(" frames were given up before they crossed (", Math.round(givenUp) + " " + cause, words);
        if (run.total("upload.succeeded") == 0)
            assertThat(run.end().verdict().words()).contains(words);
        Path directory = OlderRun.of(run.data().directory(), Manifest.COMPLETE);
        RunEnd again = RecordedRun.of(RunData.read(directory))
                .judge(
                        new ScenarioLoader()
                                .load(directory.resolve("scenario.resolved.yaml"))
                                .scenario(),
                        List.of());
        assertThat(sentence(again)).as("read back").isEqualTo(sentence(run.end()));
    }

    /** What is said of frames. */
    private static String sentence(RunEnd end) {
        String words = uploads(end);
        return words.substring(words.lastIndexOf("; ", words.indexOf(" frames were")));
    }

    @Test
    void noUploadSucceedsOverALinkThatIsTooSlowForAChunk() throws IOException {
        SmallRun run = run("hosts[0].down=6.3Mbps");
        assertThat(run.total("upload.succeeded")).isZero();
        assertThat(run.total("upload.failed")).isPositive();
        assertThat(run.end().verdict().words())
                .contains("no upload succeeded", "hosts[0].down of 6.3Mbps is too slow", "write 6.42Mbps or more");
        ReportModel report = ReportModelBuilder.build(run.data());
        assertThat(report.headline())
                .contains(" given up, as they did not cross within the time that their senders wait");
        assertThat(report.chart("link-given-up").drawn()).isTrue();
        assertThat(run("hosts[0].down=20Mbps").total("upload.succeeded")).isPositive();
    }

    @Test
    void theAccountsOfARunBalanceByCause() throws IOException {
        SmallRun run = run("hosts[0].down=6Mbps", "workload.uploaders.abrupt-exit=50%");
        double sent = run.total("link.frames.sent");
        double settled = run.total("link.frames.delivered") + run.total("link.frames.lost");
        assertThat(settled).isBetween(sent - 50, sent); // the rest is on its way
        assertThat(run.total("link.frames.given-up")).isLessThan(sent).isPositive();
    }

    @Test
    void anUplinkOverWhichNoUploadEndsIsNamedThoughNothingIsGivenUpForIt() throws IOException {
        assertThat(uploads(run("workload.uploaders.up=100kbps")))
                .contains("workload.uploaders.up of 100kbps needs ", " for one file, longer than the rest of the run");
    }

    @Test
    void aRunWithFastLinksSaysNothing() throws IOException {
        SmallRun run = run();
        assertThat(run.total("upload.succeeded")).isPositive();
        assertThat(uploads(run)).doesNotContain("given up");
        for (String cause : List.of("on-path", "on-downlink", "acknowledgement-late")) {
            assertThat(run.total("link.frames.given-up", "cause=" + cause)).isZero();
        }
    }

    /** In wall time the hosts are on the loopback; an isolation loses frames, and their senders give them up. */
    @Test
    void inWallTimeFramesAreGivenUpByCauseToo() throws IOException {
        SmallRun run = SmallRun.of(
                out,
                "clock=wall",
                "wall.first-address=" + Loopback.first(),
                "identity.algorithm=Ed25519",
                "hosts=[{name: machines, count: 3}]",
                "nodes.count=9",
                "nodes.per-host=3",
                "nodes.join-over=1s",
                "duration=6s",
                "metrics.window=1s",
                "dht.notifications.rate=20/s",
                "workload.uploaders.count=0",
                "faults=[{name: f, kind: isolate, at: 2s, lasting: 2s, share: 34%}]");
        double cutOff = run.total("link.frames.given-up", "cause=cut-off");
        assertThat(cutOff).isPositive().isEqualTo(run.total("link.frames.lost", "cause=cut-off"));
        double sent = run.total("link.frames.sent");
        assertThat(sent).isGreaterThan(run.total("link.frames.given-up"));
        assertThat(run.total("link.frames.delivered")).isPositive().isLessThanOrEqualTo(sent);
    }
}
