package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.scenario.MetricShape.Kind;
import dev.kilonode.simulator.scenario.MetricShape.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The metrics that a run produces. The harness supplies its own; {@link #core()} has the published names. */
@FunctionalInterface
public interface MetricCatalogue {
    List<MetricShape> metrics();

    /** The names promised to users. */
    static MetricCatalogue core() {
        List<MetricShape> all = new ArrayList<>();
        counter(all, "transport.delivered", "");
        all.add(new MetricShape(
                "transport.drops", Kind.COUNTER, Unit.NUMBER, Set.of("cause", "shard"), "messages offered"));
        all.add(new MetricShape("transport.refused", Kind.COUNTER, Unit.NUMBER, Set.of("cause"), ""));
        counter(all, "identity.exchanges", "");
        counter(all, "identity.timeouts", "identity exchanges");
        counter(all, "upload.started", "");
        counter(all, "upload.succeeded", "uploads ended");
        counter(all, "upload.failed", "uploads ended");
        counter(all, "requests.timeouts", "");
        for (String latency : List.of(
                "identity.latency",
                "upload.latency",
                "dial.latency",
                "lookup.latency",
                "registry.lock.wait",
                "registry.lock.hold",
                "registration.latency",
                "endpoint.lock.wait")) {
            all.add(new MetricShape(latency, Kind.LATENCY, Unit.MILLIS, Set.of(), ""));
        }
        all.add(new MetricShape("shard.depth", Kind.GAUGE, Unit.NUMBER, Set.of("shard"), ""));
        for (String gauge : List.of("connections.open", "requests.pending", "node.up", "engine.speed")) {
            all.add(new MetricShape(gauge, Kind.GAUGE, Unit.NUMBER, Set.of(), ""));
        }
        all.add(new MetricShape("host.cpu", Kind.GAUGE, Unit.RATIO, Set.of(), ""));
        all.add(new MetricShape("host.bytes.up", Kind.COUNTER, Unit.BYTES, Set.of(), ""));
        all.add(new MetricShape("host.bytes.down", Kind.COUNTER, Unit.BYTES, Set.of(), ""));
        List<MetricShape> metrics = List.copyOf(all);
        return () -> metrics;
    }

    private static void counter(List<MetricShape> all, String name, String ratioOf) {
        all.add(new MetricShape(name, Kind.COUNTER, Unit.NUMBER, Set.of(), ratioOf));
    }
}
