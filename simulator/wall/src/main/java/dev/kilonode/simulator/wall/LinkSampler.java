package dev.kilonode.simulator.wall;

import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.metrics.Counter;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import java.util.Optional;

/** Turns what real endpoints count into metrics of the run. */
final class LinkSampler implements WorldSampler {

    private final WallWorld world;
    private final Counter garbageDatagrams;
    private final Counter handshakesFailed;
    private final Counter handshakesRefused;
    private final Counter breaches;
    private final Counter cutShort;
    private final Counter queueFull;
    private final Counter neverLeft;
    private final Counter unacknowledged;

    LinkSampler(WallWorld world, MetricSet metrics) {
        this.world = world;
        garbageDatagrams = refused(metrics, "garbage-datagram");
        handshakesFailed = refused(metrics, "handshake-failed");
        handshakesRefused = refused(metrics, "handshake-refused");
        breaches = refused(metrics, "protocol-breach");
        cutShort = refused(metrics, "frame-cut-short");
        queueFull = lost(metrics, "queue-full");
        neverLeft = lost(metrics, "never-left");
        unacknowledged = lost(metrics, "unacknowledged");
    }

    private static Counter refused(MetricSet metrics, String cause) {
        return metrics.counter(Metric.LINK_REFUSED, Labels.of("cause", cause));
    }

    private static Counter lost(MetricSet metrics, String cause) {
        return metrics.counter(Metric.LINK_LOST, Labels.of("cause", cause));
    }

    @Override
    public Optional<MachineLoad> closeWindow() {
        LinkReading now = world.readLinks();
        rise(garbageDatagrams, now.garbageDatagrams());
        rise(handshakesFailed, now.handshakesFailed());
        rise(handshakesRefused, now.handshakesRefused());
        rise(breaches, now.breaches());
        rise(cutShort, now.cutShort());
        rise(queueFull, now.queueFull());
        rise(neverLeft, now.neverLeft());
        rise(unacknowledged, now.unacknowledged());
        return Optional.empty();
    }

    /** A sum of figures that are read one after the other may be ahead of itself by one; it never falls for long. */
    private static void rise(Counter counter, long total) {
        counter.add(Math.max(0, total - counter.total()));
    }
}
