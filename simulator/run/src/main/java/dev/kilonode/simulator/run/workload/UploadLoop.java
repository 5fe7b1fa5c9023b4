package dev.kilonode.simulator.run.workload;

import dev.kilonode.node.upload.UploadResult;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.run.plan.PlannedUploader;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Arrival;
import dev.kilonode.simulator.scenario.Uploaders;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One uploader: it uploads, pauses or waits for the next arrival, and repeats. Its clients run on one host, one after another. */
final class UploadLoop {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final UploadFleet fleet;
    private final int uploader;
    private final Engine engine;
    private final Uploaders config;
    private final Schedule schedule;
    private final ClientSource clients;
    private final UploadObserver observer;
    private final RandomStream random;
    private ClientSource.@Nullable Client client;
    private long upload;
    private long intendedNanos;
    private long startNanos;
    private long nextIntendedNanos;

    /** Open arrival: the due times of waiting uploads, earliest first. */
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();

    UploadLoop(
            UploadFleet fleet,
            PlannedUploader planned,
            Engine engine,
            Uploaders config,
            Schedule schedule,
            Seeds seeds,
            ClientSource clients,
            UploadObserver observer) {
        this.fleet = fleet;
        this.uploader = planned.number();
        this.nextIntendedNanos = planned.firstNanos();
        this.engine = engine;
        this.config = config;
        this.schedule = schedule;
        this.clients = clients;
        this.observer = observer;
        this.random = RunPlan.restOfStream(seeds, planned.number());
    }

    void start() {
        at(nextIntendedNanos, config.arrival() == Arrival.OPEN ? this::due : this::begin);
    }

    int waiting() {
        return waiting.size();
    }

    void reportRunning() {
        ClientSource.Client going = client;
        if (going != null) {
            observer.uploadEnded(upload, uploader, intendedNanos, startNanos, engine.nowNanos(), going.chunks(), null);
        }
    }

    /** Open arrival: an upload is due. */
    private void due() {
        long dueNanos = nextIntendedNanos;
        nextIntendedNanos += config.every().toNanos();
        at(nextIntendedNanos, this::due);
        if (!isActive()) return;
        fleet.fellDue();
        if (client == null && waiting.isEmpty()) upload(dueNanos);
        else if (waiting.size() < config.maxQueued()) waiting.add(dueNanos);
        else missed();
    }

    /** Closed arrival: the pause is over. */
    private void begin() {
        if (!isActive()) {
            at(engine.nowNanos() + LOOK_AGAIN_NANOS, this::begin);
            return;
        }
        fleet.fellDue();
        upload(engine.nowNanos());
    }

    private void missed() {
        fleet.missed();
        observer.uploadMissed();
    }

    private void upload(long intended) {
        intendedNanos = intended;
        startNanos = engine.nowNanos();
        upload = fleet.begun();
        observer.uploadStarted();
        client = clients.upload(uploader, upload, this::ended);
    }

    private void ended(UploadResult result, long endNanos) {
        ClientSource.Client ended = client;
        if (ended == null) throw new IllegalStateException("upload " + upload + " ended twice");
        fleet.ended(result.succeeded());
        observer.uploadEnded(upload, uploader, intendedNanos, startNanos, endNanos, ended.chunks(), result);
        client = null;
        ended.stop(random.nextDouble() < config.abruptExit().value());
        if (config.arrival() == Arrival.CLOSED) {
            at(engine.nowNanos() + config.think().drawNanos(random), this::begin);
        } else if (!waiting.isEmpty()) {
            at(engine.nowNanos(), () -> upload(waiting.remove()));
        }
    }

    private boolean isActive() {
        return uploader
                < schedule.active(engine.nowNanos() - config.startAfter().toNanos());
    }

    private void at(long nanos, Runnable task) {
        engine.schedule(nanos - engine.nowNanos(), task);
    }
}
