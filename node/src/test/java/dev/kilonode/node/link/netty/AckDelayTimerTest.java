package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.base.AckPolicy;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By the loop's own clock, which the test holds. */
class AckDelayTimerTest {

    private static final long LAZY_NANOS = AckPolicy.LAZY.maxDelayNanos();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> expiredMillis = new ArrayList<>();
    private final AckDelayTimer timer = new AckDelayTimer(LoopTimers.of(channel.eventLoop()), this::expire);
    private long startNanos;

    @BeforeEach
    void holdTheClock() {
        channel.freezeTime();
        startNanos = channel.eventLoop().ticker().nanoTime();
    }

    private void expire() {
        expiredMillis.add(
                TimeUnit.NANOSECONDS.toMillis(channel.eventLoop().ticker().nanoTime() - startNanos));
        timer.cancel();
    }

    private void pass(long nanos) {
        channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void theDelayCountsFromTheFirstPendingAcknowledgement() {
        timer.start(AckPolicy.LAZY);
        pass(LAZY_NANOS / 2);
        timer.start(AckPolicy.LAZY);
        pass(LAZY_NANOS / 2 - 1);
        assertThat(expiredMillis).isEmpty();
        pass(1);
        assertThat(expiredMillis).containsExactly(TimeUnit.NANOSECONDS.toMillis(LAZY_NANOS));
    }

    @Test
    void afterACancelTheWholeDelayStartsAgain() {
        timer.start(AckPolicy.LAZY);
        pass(LAZY_NANOS / 2);
        timer.cancel();
        pass(LAZY_NANOS / 4);
        timer.start(AckPolicy.LAZY);
        pass(LAZY_NANOS - 1);
        assertThat(expiredMillis).isEmpty();
        pass(1);
        assertThat(expiredMillis).containsExactly(TimeUnit.NANOSECONDS.toMillis(LAZY_NANOS * 7 / 4));
    }

    @Test
    void theShorterDelaySendsTheOthersToo() {
        timer.start(AckPolicy.LAZY);
        timer.start(AckPolicy.DELAYED);
        pass(AckPolicy.DELAYED.maxDelayNanos());
        pass(2 * LAZY_NANOS);
        assertThat(expiredMillis).containsExactly(TimeUnit.NANOSECONDS.toMillis(AckPolicy.DELAYED.maxDelayNanos()));
    }

    @Test
    void withNothingPendingNoTimerRuns() {
        timer.start(AckPolicy.LAZY);
        timer.cancel();
        pass(3 * LAZY_NANOS);
        assertThat(expiredMillis).isEmpty();
        assertThat(channel.runScheduledPendingTasks()).as("no timer is left").isEqualTo(-1);
    }
}
