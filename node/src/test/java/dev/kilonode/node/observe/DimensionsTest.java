package dev.kilonode.node.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.node.wire.MessageKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Nodes count by ordinal: each enumeration has the constants that its dimension declares, in the same order. */
class DimensionsTest {

    @Test
    void enumerationsHaveTheValuesOfTheirDimensions() {
        assertSame(Dimension.DROP_CAUSE, DropCause.values(), DropCause::label);
        assertSame(Dimension.REFUSAL_CAUSE, RefusalCause.values(), RefusalCause::label);
        assertSame(Dimension.SUPPRESSED_EVENT, SuppressedEvent.values(), SuppressedEvent::label);
        assertSame(Dimension.CONNECTION_EVENT, ConnectionEvent.values(), ConnectionEvent::label);
        assertSame(Dimension.ANNOUNCE_OUTCOME, AnnounceOutcome.values(), AnnounceOutcome::label);
        assertSame(Dimension.LOCK, LockName.values(), LockName::label);
        assertSame(Dimension.AUDIT_OUTCOME, AuditOutcome.values(), AuditOutcome::label);
        assertSame(Dimension.CHUNK_REFUSAL, ChunkRefusal.values(), ChunkRefusal::label);
        assertSame(Dimension.CHUNK_LOSS, ChunkLoss.values(), ChunkLoss::label);
    }

    @Test
    void kindsOfMessagesHaveTheValuesOfTheirDimensionAndOneStandsForUnreadableOnes() {
        List<String> expected = new ArrayList<>(labels(MessageKind.values(), MessageKind::label));
        expected.add("unreadable");
        assertThat(Dimension.MESSAGE_KIND.labelValues()).isEqualTo(expected);
    }

    private static <T> void assertSame(Dimension dimension, T[] values, Function<T, String> label) {
        assertThat(dimension.labelValues()).as(dimension.name()).isEqualTo(labels(values, label));
    }

    private static <T> List<String> labels(T[] values, Function<T, String> label) {
        return Arrays.stream(values).map(label).toList();
    }
}
