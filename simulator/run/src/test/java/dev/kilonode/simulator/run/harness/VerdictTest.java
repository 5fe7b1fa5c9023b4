package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.run.Summary.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {

    private static final String UPLOADS_OK = "checks=[{metric: upload.failed, stat: count, op: ==, limit: 0}]";

    @TempDir
    Path out;

    @Test
    void uploadersThatNeverStartLeaveTheVerdictOpen() throws IOException {
        SmallRun run = small("workload.uploaders.start-after=179s", "workload.uploaders.start-spread=10h", UPLOADS_OK);
        assertThat(run.end().checks()).hasSize(1);
        assertThat(run.end().verdict().result()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(run.end().verdict().words())
                .isEqualTo("no upload was started; so nothing can be said of upload.failed-count");
    }

    @Test
    void uploadsThatNeverEndLeaveTheVerdictOpen() throws IOException {
        SmallRun run = small("workload.upload.payment=1h", UPLOADS_OK);
        assertThat(run.end().verdict().result()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(run.end().verdict().words())
                .isEqualTo("no upload succeeded: 2 due = 2 started + 0 missed + 0 waiting;"
                        + " 2 started = 0 succeeded + 0 failed + 2 running");
    }

    @Test
    void aRatioOfNothingLeavesTheVerdictOpen() throws IOException {
        SmallRun run = small("checks=[{id: few-refused, metric: upload.latency, stat: p95, op: <=, limit: 5min,"
                + " min-samples: 100}]");
        assertThat(run.end().verdict().result()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(run.end().verdict().words()).isEqualTo("too little data for few-refused");
    }

    @Test
    void checksThatHoldPassAndOneThatDoesNotFails() throws IOException {
        SmallRun good = small(UPLOADS_OK);
        assertThat(good.end().verdict().result())
                .as(good.end().verdict().words())
                .isEqualTo(Verdict.PASS);
        SmallRun bad = small("checks=[{metric: upload.failed, stat: count, op: ==, limit: 0},"
                + " {id: too-much, metric: upload.succeeded, stat: count, op: '>=', limit: 999}]");
        assertThat(bad.end().verdict().result()).isEqualTo(Verdict.FAIL);
        assertThat(bad.end().verdict().words()).isEqualTo("1 of 2 checks failed: too-much");
    }

    @Test
    void aScenarioWithoutUploadersIsJudgedByItsChecksAlone() throws IOException {
        SmallRun run = small(
                "workload.uploaders.count=0", "checks=[{metric: transport.drops, stat: count, op: ==, limit: 0}]");
        assertThat(run.end().verdict().result()).isEqualTo(Verdict.PASS);
        assertThat(Reporter.write(run.data().directory()).headline()).contains("no upload began; no drops");
    }

    private SmallRun small(String... values) throws IOException {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "nodes.count=16", "nodes.per-host=4", "nodes.join-over=20s", "duration=3m"),
                        java.util.Arrays.stream(values))
                .toArray(String[]::new);
        return SmallRun.of(out, all);
    }
}
