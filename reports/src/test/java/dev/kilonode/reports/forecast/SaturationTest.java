package dev.kilonode.reports.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaturationTest {

    private static final int WINDOWS = 20;
    private static final long WINDOW_MS = 60_000;
    private static final NetworkCapacity CAPACITY = new NetworkCapacity(10, 1_000, 4_000);

    @TempDir
    Path out;

    private RunWriter writer;

    @BeforeEach
    void begin() {
        Manifest manifest = Manifest.starting("test", "s", "s", "h", 1, "virtual", 10, WINDOWS * WINDOW_MS, "");
        writer = RunWriter.create(out, "s", manifest, "name: s\n", "name: s\n");
    }

    @AfterEach
    void end() {
        writer.close();
    }

    private void series(String metric, String labels, String stat, IntToDoubleFunction value) {
        for (int i = 0; i < WINDOWS; i++)
            writer.window(i * WINDOW_MS, (i + 1) * WINDOW_MS, metric, labels, stat, value.applyAsDouble(i));
    }

    private RunData data() throws IOException {
        writer.close();
        return RunData.read(writer.directory());
    }

    private static ResourceLoad of(List<ResourceLoad> loads, Resource resource) {
        return loads.stream()
                .filter(load -> load.resource() == resource)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theResourceThatStaysFullFirstIsNamedAndABlipIsNone() throws IOException {
        series("registry.lock.utilisation", "lock=peers", "p95", i -> i == 3 || i >= 12 ? 0.95 : 0.05 * i);
        series("host.cpu", "", "p95", i -> i >= 15 ? 0.99 : 0.2);
        List<ResourceLoad> loads = Saturation.of(data(), CAPACITY);
        ResourceLoad first = Saturation.first(loads).orElseThrow();
        assertThat(first.resource()).isEqualTo(Resource.PEER_MAP_LOCK);
        assertThat(first.saturatedAtMs()).isEqualTo(12 * WINDOW_MS);
        assertThat(of(loads, Resource.PROCESSORS).saturatedAtMs()).isEqualTo(15 * WINDOW_MS);
        assertThat(loads)
                .extracting(ResourceLoad::resource)
                .containsExactly(Resource.PEER_MAP_LOCK, Resource.PROCESSORS);
    }

    @Test
    void consumersAreBusyWithWhatIsThereAndNotWaiting() throws IOException {
        series("shard.residence", "", "count", i -> 600); // 10 a second
        series("shard.residence", "", "mean", i -> 1_500); // 15 there at a time, for 10 consumers
        series("shard.depth", "shard=0", "mean", i -> 0.4);
        series("shard.depth", "shard=1", "mean", i -> 1.6);
        series("registration.latency", "", "count", i -> 600);
        series("registration.latency", "", "mean", i -> 200);
        List<ResourceLoad> loads = Saturation.of(data(), CAPACITY);
        assertThat(of(loads, Resource.SHARD_CONSUMERS).atEnd()).isEqualTo(0.5, within(1e-9));
        assertThat(of(loads, Resource.ENDPOINT_LOCK).atEnd()).isEqualTo(0.2, within(1e-9));
        assertThat(Saturation.first(loads)).isEmpty();
        assertThat(Saturation.nearest(loads).orElseThrow().resource()).isEqualTo(Resource.SHARD_CONSUMERS);
    }

    @Test
    void ofALinkTheFullerDirectionCounts() throws IOException {
        series("host.bytes.up", "", "p95", i -> 100);
        series("host.bytes.down", "", "p95", i -> 3_800);
        assertThat(of(Saturation.of(data(), CAPACITY), Resource.LINKS).early()).isEqualTo(0.95, within(1e-9));
    }

    @Test
    void aRunWithoutDataHasNoLoad() throws IOException {
        assertThat(Saturation.of(data(), CAPACITY)).isEmpty();
    }

    @Test
    void theFirstCheckToFailSaysWhenItBrokeAlsoOfARunThatWasKilled() throws IOException {
        writer.event(
                new EventRow(60_000, EventRow.Type.CHECK, "early", null, Map.of("from", "inconclusive", "to", "pass")));
        writer.event(new EventRow(180_000, EventRow.Type.CHECK, "soft", null, Map.of("from", "pass", "to", "warn")));
        writer.event(new EventRow(240_000, EventRow.Type.CHECK, "early", null, Map.of("from", "pass", "to", "fail")));
        writer.event(new EventRow(240_000, EventRow.Type.CHECK, "other", null, Map.of("from", "pass", "to", "fail")));
        writer.event(new EventRow(300_000, EventRow.Type.CHECK, "late", null, Map.of("from", "pass", "to", "fail")));
        assertThat(FirstFailure.of(data())).isEqualTo(new FirstFailure(240_000, List.of("early", "other")));
    }

    @Test
    void aRunInWhichNothingFailedDidNotBreak() throws IOException {
        assertThat(FirstFailure.of(data())).isNull();
    }
}
