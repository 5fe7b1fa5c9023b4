package dev.kilonode.junit;

import dev.kilonode.reports.render.text.CheckText;
import dev.kilonode.reports.run.Summary;

/** Assertions on a run. A number that the run does not have fails every assertion: no data is never a pass. */
public final class TestnetAssert {

    private final TestnetRun run;

    TestnetAssert(TestnetRun run) {
        this.run = run;
    }

    /** The scenario's own checks all passed. */
    public TestnetAssert passes() {
        return hasVerdict(Summary.Verdict.PASS);
    }

    /** The scenario's own checks come to this. */
    public TestnetAssert hasVerdict(Summary.Verdict verdict) {
        Summary summary = run.summary();
        if (summary.verdict() != verdict) {
            throw run.failure("expected the verdict " + verdict + ", got " + summary.verdict() + ": " + run.words()
                    + "\n" + String.join("\n", CheckText.table(summary.checks())));
        }
        return this;
    }

    /** Uploads: how long, how many. */
    public Uploads uploads() {
        return new Uploads(run);
    }

    /** Messages lost inside nodes; the ratio is of all that reached a node. */
    public Events drops() {
        return new Events(run, "transport.drops", "transport.offered");
    }

    /** Identity exchanges that ran out of time; the ratio is of all exchanges. */
    public Events identityTimeouts() {
        return new Events(run, "identity.timeouts", "identity.exchanges");
    }

    /** Any latency of the summary, such as {@code identity.latency}. */
    public Latencies latency(String metric) {
        return new Latencies(run, metric);
    }

    /** Statistics of one latency. */
    public static class Latencies {
        final TestnetRun run;
        private final String metric;

        Latencies(TestnetRun run, String metric) {
            this.run = run;
            this.metric = metric;
        }

        /** The median. */
        public LatencyAssert p50() {
            return of("p50");
        }

        /** What nineteen of twenty stay below. */
        public LatencyAssert p95() {
            return of("p95");
        }

        /** The mean. */
        public LatencyAssert mean() {
            return of("mean");
        }

        /** The longest. */
        public LatencyAssert max() {
            return of("max");
        }

        private LatencyAssert of(String stat) {
            return new LatencyAssert(run, metric, stat);
        }
    }

    /** Statistics of uploads; latencies count from the intended start to the last chunk stored. */
    public static final class Uploads extends Latencies {
        Uploads(TestnetRun run) {
            super(run, "upload.latency");
        }

        /** Those that stored every chunk. */
        public CountAssert succeeded() {
            return new CountAssert(run, "upload.succeeded");
        }

        /** Those that gave a chunk up; the ratio is of all that were started. */
        public Events failed() {
            return new Events(run, "upload.failed", "upload.started");
        }
    }

    /** Something that happens: how often, and how large a share of its whole. */
    public static final class Events {
        private final TestnetRun run;
        private final String metric;
        private final String whole;

        Events(TestnetRun run, String metric, String whole) {
            this.run = run;
            this.metric = metric;
            this.whole = whole;
        }

        /** How often. */
        public CountAssert count() {
            return new CountAssert(run, metric);
        }

        /** Its share of the whole. */
        public RatioAssert ratio() {
            return new RatioAssert(run, metric, whole);
        }

        /** It never happened. */
        public CountAssert isZero() {
            return count().isZero();
        }
    }
}
