package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.netty.FixedDelayTimer.Timeout;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By the loop's own clock, which the test holds. */
class FixedDelayTimerTest {

    private static final long DELAY_MILLIS = 100;
    private static final long NO_TIMER = -1;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final FixedDelayTimer timer =
            new FixedDelayTimer(channel.eventLoop(), TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS));
    private final List<String> ran = new ArrayList<>();
    private long nowMillis;

    @BeforeEach
    void holdTheClock() {
        channel.freezeTime();
    }

    private void passUntil(long millis) {
        channel.advanceTimeBy(millis - nowMillis, TimeUnit.MILLISECONDS);
        nowMillis = millis;
        channel.runScheduledPendingTasks();
    }

    private Timeout add(String name) {
        return timer.add(() -> ran.add(name + " at " + nowMillis));
    }

    @Test
    void eachWaitsEquallyLong() {
        add("first");
        passUntil(30);
        add("second");
        add("third");
        passUntil(99);
        assertThat(ran).isEmpty();
        for (long millis = 100; millis < 200; millis++) passUntil(millis);
        assertThat(ran).containsExactly("first at 100", "second at 130", "third at 130");
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NO_TIMER);
    }

    @Test
    void whatIsCancelledDoesNotRunAndHoldsNobodyUp() {
        Timeout first = add("first");
        passUntil(30);
        add("second");
        first.cancel();
        for (long millis = 30; millis < 200; millis++) passUntil(millis);
        assertThat(ran).containsExactly("second at 130");
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NO_TIMER);
    }

    @Test
    void aTaskMayAddAnother() {
        timer.add(() -> add("again"));
        for (long millis = 0; millis <= 200; millis++) passUntil(millis);
        assertThat(ran).containsExactly("again at 200");
    }

    @Test
    void whatATaskThrowsStopsNoOther() {
        timer.add(() -> {
            throw new IllegalStateException("a fault");
        });
        add("next");
        passUntil(100);
        passUntil(101);
        assertThat(ran).singleElement().asString().startsWith("next");
    }
}
