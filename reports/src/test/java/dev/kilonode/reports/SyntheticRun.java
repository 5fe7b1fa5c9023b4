package dev.kilonode.reports;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.reports.run.UploadRow.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Runs as a simulator would write them: one that degrades, a healthy one, and odd ones. Seeded, so that each is always the same. */
public final class SyntheticRun {

    public static final long HOUR_MS = 3_600_000;
    public static final int SHARDS = 8;

    private final RunWriter writer;
    private final Random random;
    private final DropList drops = new DropList();
    private final long windowMs;
    private final long durationMs;
    /** How far the run is degraded, 0 to 1. */
    private double fault;

    private long uploadNumber;
    private double totalDelivered;

    private SyntheticRun(RunWriter writer, long windowMs, long durationMs, long seed) {
        this.writer = writer;
        writer.drops(drops);
        this.windowMs = windowMs;
        this.durationMs = durationMs;
        this.random = new Random(seed);
    }

    /** 33 hours, healthy for 7 h 40 min, then worse and worse. */
    public static Path degraded(Path root) {
        return degraded(root, 5 * 60_000L);
    }

    /** The same with windows of another length. */
    public static Path degraded(Path root, long windowMs) {
        RunWriter writer = open(root, "rc-17", 33 * HOUR_MS);
        var run = new SyntheticRun(writer, windowMs, 33 * HOUR_MS, 17);
        writer.event(EventRow.span(EventRow.Type.PHASE, "ramp", 0, HOUR_MS));
        writer.event(EventRow.span(EventRow.Type.PHASE, "hold", HOUR_MS, 30 * HOUR_MS));
        writer.event(EventRow.span(EventRow.Type.PHASE, "spike", 30 * HOUR_MS, 33 * HOUR_MS));
        writer.event(new EventRow(
                14 * HOUR_MS,
                EventRow.Type.FAULT,
                "restart 5% of nodes",
                14 * HOUR_MS + 20 * 60_000,
                Map.of("share", 0.05)));
        writer.event(EventRow.span(EventRow.Type.FAULT, "slow link eu-us", 22 * HOUR_MS, 24 * HOUR_MS));
        run.write(t -> Math.min(1, Math.max(0, (t - 7.6) / 22)));
        run.finish(
                Summary.Verdict.FAIL,
                List.of(
                        check(
                                "upload-p95",
                                "upload.latency",
                                "p95",
                                600_000,
                                Status.FAIL,
                                702_000.0,
                                32 * HOUR_MS,
                                "p95 of upload latency must stay under 10 min; it was 11.7 min, worst near the end"),
                        check(
                                "drops",
                                "transport.drops",
                                "count",
                                0,
                                Status.FAIL,
                                81_234.0,
                                32 * HOUR_MS + 1,
                                "no message may be dropped by a full queue"),
                        check(
                                "identity",
                                "identity.timeouts",
                                "ratio",
                                0.05,
                                Status.WARN,
                                0.031,
                                31 * HOUR_MS,
                                "a few time-outs are normal on a lossy network"),
                        check("host-cpu", "host.cpu", "max", 0.9, Status.PASS, 0.71, 30 * HOUR_MS, "hosts have room"),
                        check(
                                "recovery",
                                "upload.latency",
                                "trend",
                                0.1,
                                Status.INCONCLUSIVE,
                                null,
                                null,
                                "fewer than 12 blocks outside of faults")));
        return writer.directory();
    }

    /** Six hours without any trouble. */
    public static Path healthy(Path root) {
        RunWriter writer = open(root, "healthy", 6 * HOUR_MS);
        var run = new SyntheticRun(writer, 60_000, 6 * HOUR_MS, 1);
        writer.event(EventRow.span(EventRow.Type.PHASE, "hold", 0, 6 * HOUR_MS));
        run.write(t -> 0);
        run.finish(
                Summary.Verdict.PASS,
                List.of(check("drops", "transport.drops", "count", 0, Status.PASS, 0.0, null, "nothing was dropped")));
        return writer.directory();
    }

    /** Two seconds, two windows. */
    public static Path twoSeconds(Path root) {
        RunWriter writer = open(root, "two-seconds", 2_000);
        var run = new SyntheticRun(writer, 1_000, 2_000, 2);
        run.write(t -> 0.5);
        run.finish(Summary.Verdict.INCONCLUSIVE, List.of());
        return writer.directory();
    }

    /** Nothing was measured. */
    public static Path empty(Path root) {
        RunWriter writer = open(root, "empty", HOUR_MS);
        var run = new SyntheticRun(writer, 60_000, HOUR_MS, 3);
        run.finish(
                Summary.Verdict.INCONCLUSIVE,
                List.of(check(
                        "upload-p95", "upload.latency", "p95", 1, Status.INCONCLUSIVE, null, null, "no upload ended")));
        return writer.directory();
    }

    /** Ten hours of thirty-three, then the process was gone. */
    public static Path killed(Path root) throws IOException {
        RunWriter writer = open(root, "killed", 33 * HOUR_MS);
        var run = new SyntheticRun(writer, 5 * 60_000, 10 * HOUR_MS, 4);
        run.write(t -> Math.max(0, (t - 7.6) / 22));
        writer.flush(); // and nothing more: neither finish nor close
        Path manifest = writer.directory().resolve("manifest.json");
        String text = Files.readString(manifest);
        String pid = "\"pid\" : " + ProcessHandle.current().pid();
        if (!text.contains(pid)) {
            throw new IllegalStateException("no " + pid + " in " + text);
        }
        Files.writeString(manifest, text.replace(pid, "\"pid\" : " + Integer.MAX_VALUE)); // a process that is not there
        return writer.directory();
    }

    /** Names that try to break out of every format. */
    public static Path hostile(Path root, String text) {
        Manifest manifest =
                Manifest.starting("0.1.0", text, text, "h", 5, "virtual", 1, 60_000, "./kilonode run " + text);
        RunWriter writer = RunWriter.create(root, text, manifest, text, text);
        writer.event(new EventRow(0, EventRow.Type.PHASE, text, 30_000L, Map.of("why", text)));
        writer.event(new EventRow(10_000, EventRow.Type.FAULT, text, 20_000L, Map.of("why", text)));
        for (int w = 0; w < 60; w++) {
            writer.window(
                    w * 1000L,
                    (w + 1) * 1000L,
                    "transport.drops",
                    "cause=" + text.replace(';', ',') + ";shard=0",
                    "rate",
                    w);
            writer.window(
                    w * 1000L,
                    (w + 1) * 1000L,
                    "transport.drops",
                    "cause=" + text.replace(';', ',') + ";shard=0",
                    "count",
                    w);
        }
        writer.upload(new UploadRow(1, text, 0, 0, 1000L, 1, 1, Outcome.FAILED, 1000L, 0, 0, 0, 0, 0, 0, 0));
        var run = new SyntheticRun(writer, 1000, 60_000, 5);
        run.drops.add(new DropRow(5, text, 0, text, text, text));
        run.finish(
                Summary.Verdict.FAIL,
                List.of(new CheckResult(text, text, text, text, 1, Status.FAIL, 2.0, 5L, text, 1)));
        return writer.directory();
    }

    private static RunWriter open(Path root, String name, long plannedMs) {
        Manifest manifest = Manifest.starting(
                "0.1.0",
                name,
                "scenarios/" + name + ".yaml",
                "9f2c51",
                17,
                "virtual",
                1000,
                plannedMs,
                "./kilonode run scenarios/" + name + ".yaml --seed 17");
        return RunWriter.create(root, name, manifest, "name: " + name + "\n", "name: " + name + "\nseed: 17\n");
    }

    private static CheckResult check(
            String id,
            String metric,
            String stat,
            double limit,
            Status status,
            @org.jspecify.annotations.Nullable Double actual,
            @org.jspecify.annotations.Nullable Long worst,
            String because) {
        return new CheckResult(
                id, metric, stat, "<=", limit, status, actual, worst, because, actual == null ? 0 : 4000);
    }

    private void finish(Summary.Verdict verdict, List<CheckResult> checks) {
        writer.digest(durationMs, "5e1f00c0ffee");
        writer.finish(
                new Summary(
                        Summary.SCHEMA,
                        verdict,
                        verdict == Summary.Verdict.PASS ? 0 : 1,
                        "synthetic",
                        "9f2c51",
                        17,
                        "virtual",
                        1000,
                        durationMs,
                        720_000,
                        1_300_000,
                        (long) totalDelivered,
                        "5e1f00c0ffee",
                        checks,
                        Map.of("upload.latency.p95", 702_000.0)),
                Manifest.COMPLETE);
        writer.close();
    }

    private interface Trouble {
        double at(double hours);
    }

    private void write(Trouble shape) {
        for (long start = 0; start < durationMs; start += windowMs) {
            long end = Math.min(durationMs, start + windowMs);
            double hours = (start + end) / 2.0 / HOUR_MS;
            fault = shape.at(hours);
            double daily = 1 + 0.2 * Math.sin(hours / 24 * 2 * Math.PI);
            traffic(start, end, daily);
            latencies(start, end);
            gauges(start, end, daily);
            uploads(start, end);
            writer.digest(end, String.format(Locale.ROOT, "%016x", start * 31));
        }
    }

    private void traffic(long start, long end, double daily) {
        double seconds = (end - start) / 1000.0;
        double messages = 21_000 * daily * noise(0.05) * seconds;
        totalDelivered += messages;
        counter(start, end, "transport.delivered", "", messages);
        String[] kinds = {"identity", "find-node", "ping", "quote", "store", "sync"};
        double[] shares = {0.1, 0.35, 0.3, 0.1, 0.05, 0.1};
        for (int i = 0; i < kinds.length; i++) {
            counter(start, end, "transport.delivered", "kind=" + kinds[i], messages * shares[i]);
        }
        if (fault > 0) {
            for (int shard = 0; shard < SHARDS; shard++) {
                double lost = fault * fault * 3 * seconds * (shard == 5 ? 2.5 : 0.7) * noise(0.4);
                counter(start, end, "transport.drops", "cause=shard-full;shard=" + shard, Math.max(1, lost));
                counter(start, end, "transport.drops", "cause=receive-full;shard=" + shard, Math.floor(lost * 0.3));
                if (shard % 2 == 0 || fault > 0.2) {
                    drops.add(new DropRow(
                            start + random.nextInt((int) (end - start)),
                            "node-" + (int) Math.abs(random.nextGaussian() * 12),
                            shard,
                            "shard-full",
                            kinds[random.nextInt(kinds.length)],
                            "host-" + random.nextInt(20)));
                }
            }
        }
        counter(start, end, "transport.refused", "cause=stale", 2 * seconds * noise(0.3));
        counter(start, end, "link.frames.sent", "", 300 * seconds);
        counter(start, end, "link.frames.lost", "cause=peer-gone", seconds);
        counter(start, end, "link.frames.given-up", "cause=peer-gone", seconds);
        counter(start, end, "identity.exchanges", "", 40 * seconds * noise(0.1));
        double late = Math.max(0, fault - 0.06);
        double timeouts = late * late * 3 * seconds * noise(0.5);
        counter(start, end, "identity.timeouts", "dialler=client", Math.floor(timeouts * 0.8));
        counter(start, end, "identity.timeouts", "dialler=node", Math.floor(timeouts * 0.2));
        counter(start, end, "upload.started", "", Math.rint(seconds / 30));
        counter(start, end, "upload.succeeded", "", Math.rint(seconds / 30 * (1 - fault * 0.3)));
        counter(start, end, "upload.failed", "", Math.floor(seconds / 30 * fault * 0.1));
        counter(start, end, "requests.timeouts", "", Math.floor(fault * seconds * noise(0.3)));
        counter(start, end, "requests.late", "", Math.floor(0.4 * fault * seconds * noise(0.3)));
        counter(start, end, "dht.evictions", "", Math.floor(0.2 * fault * seconds * noise(0.3)));
        counter(start, end, "node.restarts", "", Math.abs(start - 14 * HOUR_MS) < windowMs ? 25 : 0);
        counter(start, end, "endpoint.starvations", "", 0);
    }

    private void latencies(long start, long end) {
        latency(start, end, "identity.latency", "", 90 * (1 + 9 * fault), 4);
        double upload = 75_000 * (1 + 3.7 * fault) * noise(0.08);
        latency(start, end, "upload.latency", "", upload, 2.4);
        latency(start, end, "upload.latency", "by=start", upload * (1 + 0.1 * fault), 2.4);
        latency(start, end, "dial.latency", "", 120 * (1 + fault), 3);
        latency(start, end, "lookup.latency", "", 400 * (1 + 4 * fault), 3);
        latency(start, end, "registration.latency", "", 2 * (1 + 30 * fault), 6);
        latency(start, end, "endpoint.lock.wait", "", 0.2 * (1 + 40 * fault), 8);
        latency(start, end, "shard.residence", "", 1.5 * (1 + 60 * fault), 6);
        for (String lock : new String[] {"peers", "channels", "user-agents"}) {
            double weight = lock.equals("peers") ? 1 : 0.2;
            latency(start, end, "registry.lock.wait", "lock=" + lock, 0.5 * (1 + 90 * fault * weight), 6);
            latency(start, end, "registry.lock.hold", "lock=" + lock, 0.3 * (1 + 30 * fault * weight), 4);
        }
    }

    private void gauges(long start, long end, double daily) {
        for (int shard = 0; shard < SHARDS; shard++) {
            double depth = (0.5 + 40 * fault * (shard == 5 ? 2 : 1)) * noise(0.2);
            gauge(start, end, "shard.depth", "shard=" + shard, 0, depth, Math.min(256, 12 * depth + 3));
        }
        gauge(start, end, "connections.open", "origin=node", 40, 62 * noise(0.02), 110);
        gauge(start, end, "connections.open", "origin=client", 0, 12 * noise(0.1), 40);
        gauge(start, end, "connections.open", "origin=left-over", 0, 70 * fault * noise(0.1), 160 * fault);
        gauge(start, end, "requests.pending", "", 0, 2 + 30 * fault, 20 + 200 * fault);
        gauge(start, end, "node.up", "", 990, 999, 1000);
        gauge(start, end, "registry.peers.unconnected", "", 0, 2 * fault, 9 * fault);
        counter(start, end, "invariants.violated", "invariant=peers-have-connections", Math.ceil(fault));
        gauge(start, end, "host.cpu", "", 0.1 * daily, 0.22 * daily * noise(0.05), 0.5 * daily * noise(0.1));
        gauge(start, end, "host.bytes.up", "", 2e5, 4.2e6 * daily * noise(0.1), 2.2e7 * noise(0.2));
        gauge(start, end, "host.bytes.down", "", 2e5, 4.3e6 * daily * noise(0.1), 2.4e7 * noise(0.2));
        gauge(
                start,
                end,
                "registry.lock.utilisation",
                "",
                0.01,
                Math.min(1, 0.05 + 0.6 * fault),
                Math.min(1, 0.1 + fault));
        gauge(start, end, "uploads.running", "", 1, 3 + 14 * fault, 9 + 30 * fault);
        gauge(start, end, "engine.speed", "", 150, 165 * noise(0.1), 190);
        double gone = fault * start / HOUR_MS;
        writer.window(start, end, "drops.per.node", "", "p50", Math.rint(gone));
        writer.window(start, end, "drops.per.node", "", "p95", Math.rint(gone * 14));
        writer.window(start, end, "drops.per.node", "", "max", Math.rint(gone * 60));
    }

    private void uploads(long start, long end) {
        int n = (int) Math.max(1, (end - start) / 30_000);
        for (int i = 0; i < n; i++) {
            long at = start + random.nextInt((int) (end - start));
            long latency = (long) (75_000 * (1 + 3.7 * fault) * Math.exp(0.5 * random.nextGaussian()));
            boolean running = at + latency > durationMs;
            boolean failed = random.nextDouble() < fault * 0.1;
            writer.upload(new UploadRow(
                    uploadNumber++,
                    "client-" + random.nextInt(20),
                    at,
                    at,
                    running ? null : at + latency,
                    20L << 20,
                    7,
                    running ? Outcome.RUNNING : failed ? Outcome.FAILED : Outcome.SUCCEEDED,
                    running ? null : latency,
                    random.nextDouble() < fault ? 1 : 0,
                    random.nextInt(3),
                    latency / 10,
                    (long) (latency * (0.1 + 0.4 * fault)),
                    latency / 5,
                    latency / 5,
                    latency / 4));
        }
    }

    private void counter(long start, long end, String metric, String labels, double count) {
        writer.window(start, end, metric, labels, "count", Math.rint(count));
        writer.window(start, end, metric, labels, "rate", Math.rint(count) / ((end - start) / 1000.0));
    }

    private void latency(long start, long end, String metric, String labels, double p50, double spread) {
        var histogram = new Histogram(3);
        int n = metric.startsWith("upload") ? 10 : 200;
        for (int i = 0; i < n; i++) {
            double ms = p50 * Math.exp(Math.log(spread) / 1.65 * random.nextGaussian());
            histogram.recordValue(Math.max(1, (long) (ms * 1000)));
        }
        writer.window(start, end, metric, labels, "count", n);
        writer.window(start, end, metric, labels, "min", histogram.getMinValue() / 1e3);
        writer.window(start, end, metric, labels, "mean", histogram.getMean() / 1e3);
        writer.window(start, end, metric, labels, "max", histogram.getMaxValue() / 1e3);
        writer.window(start, end, metric, labels, "p50", histogram.getValueAtPercentile(50) / 1e3);
        writer.window(start, end, metric, labels, "p95", histogram.getValueAtPercentile(95) / 1e3);
        writer.window(start, end, metric, labels, "p99", histogram.getValueAtPercentile(99) / 1e3);
        writer.latency(labels.isEmpty() ? metric : metric + "{" + labels + "}", start, end, histogram);
    }

    private void gauge(long start, long end, String metric, String labels, double min, double mean, double max) {
        writer.window(start, end, metric, labels, "min", Math.min(min, mean));
        writer.window(start, end, metric, labels, "mean", mean);
        writer.window(start, end, metric, labels, "max", Math.max(mean, max));
    }

    private double noise(double size) {
        return Math.max(0.05, 1 + size * random.nextGaussian());
    }
}
