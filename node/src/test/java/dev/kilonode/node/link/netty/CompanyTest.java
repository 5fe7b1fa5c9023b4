package dev.kilonode.node.link.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.real.Urgency;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By the loop's own clock, which the test holds. */
class CompanyTest {

    private static final long PATIENCE_NANOS = Urgency.AT_LEISURE.companyNanos();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> leftAloneMillis = new ArrayList<>();
    private final Company company = new Company(LoopDelays.of(channel.eventLoop()), this::leaveAlone);
    private long startNanos;

    @BeforeEach
    void holdTheClock() {
        channel.freezeTime();
        startNanos = channel.eventLoop().ticker().nanoTime();
    }

    private void leaveAlone() {
        leftAloneMillis.add(
                TimeUnit.NANOSECONDS.toMillis(channel.eventLoop().ticker().nanoTime() - startNanos));
        company.over();
    }

    private void pass(long nanos) {
        channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void theFirstThatWaitsDecidesHowLong() {
        company.await(Urgency.AT_LEISURE);
        pass(PATIENCE_NANOS / 2);
        company.await(Urgency.AT_LEISURE);
        pass(PATIENCE_NANOS / 2 - 1);
        assertThat(leftAloneMillis).isEmpty();
        pass(1);
        assertThat(leftAloneMillis).containsExactly(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    }

    @Test
    void whatComesAfterCompanyHasTheWholeTimeAgain() {
        company.await(Urgency.AT_LEISURE);
        pass(PATIENCE_NANOS / 2);
        company.over();
        pass(PATIENCE_NANOS / 4);
        company.await(Urgency.AT_LEISURE);
        pass(PATIENCE_NANOS - 1);
        assertThat(leftAloneMillis).isEmpty();
        pass(1);
        assertThat(leftAloneMillis).containsExactly(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS * 7 / 4));
    }

    @Test
    void theMoreUrgentTakesTheOthersAlong() {
        company.await(Urgency.AT_LEISURE);
        company.await(Urgency.SOON);
        pass(Urgency.SOON.companyNanos());
        pass(2 * PATIENCE_NANOS);
        assertThat(leftAloneMillis).containsExactly(TimeUnit.NANOSECONDS.toMillis(Urgency.SOON.companyNanos()));
    }

    @Test
    void nobodyWaitsAndNothingTicks() {
        company.await(Urgency.AT_LEISURE);
        company.over();
        pass(3 * PATIENCE_NANOS);
        assertThat(leftAloneMillis).isEmpty();
        assertThat(channel.runScheduledPendingTasks()).as("no timer is left").isEqualTo(-1);
    }
}
