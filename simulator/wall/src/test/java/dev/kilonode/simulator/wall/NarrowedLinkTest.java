package dev.kilonode.simulator.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.simulator.kernel.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames of 1,000 bytes on a link of 1 MB/s, driven by a virtual clock: one takes 1 ms. */
class NarrowedLinkTest {

    private static final int FRAMES = 20;
    private static final double MILLISECOND = 1e6;

    /** Changes: time in ms, factor, time, factor, and so on. */
    private static final List<double[]> CHANGES = List.of(
            new double[] {0, 0.1, 45.5, 1},
            new double[] {0, 0.1, 45.5, 8},
            new double[] {0, 0.001},
            new double[] {0, 0.2, 7.001, 0.5, 7.002, 0.25, 9, 1},
            new double[] {0, 0.5, 10_000, 1});

    private long nowNanos;
    private final Engine engine = new Engine();
    private final NarrowedLink link = new NarrowedLink(engine, () -> nowNanos, 1e6);
    private final List<Double> passed = new ArrayList<>();

    @Test
    void withoutAFaultFramesPassAtOnceAndCount() {
        assertThat(link.isOpen()).isTrue();
        link.passedAtOnce(700);
        assertThat(link.passedBytes()).isEqualTo(700);
        assertThat(link.backlogNanos()).isZero();
        link.setFactor(5);
        assertThat(link.isOpen()).as("more than its bandwidth is not possible").isTrue();
        assertThat(engine.eventsPending()).isZero();
    }

    @Test
    void waitingFramesPassAtThePresentBandwidthAndTheGaugeIsItsIntegral() {
        for (double[] changes : CHANGES) {
            NarrowedLinkTest fresh = new NarrowedLinkTest();
            fresh.runs(changes);
        }
    }

    private void runs(double[] changes) {
        link.setFactor(changes[1]);
        assertThat(link.isOpen()).isFalse();
        for (int i = 0; i < FRAMES; i++) link.pass(1_000, () -> passed.add(nowNanos / MILLISECOND));
        int change = 2;
        for (double millis = 0; millis < 30_000; millis += millis < 100 ? 0.0005 : 0.5) {
            nowNanos = Math.round(millis * MILLISECOND);
            engine.runUntil(nowNanos);
            if (change < changes.length && changes[change] <= millis) {
                link.setFactor(changes[change + 1]);
                change += 2;
            }
            double expected = Math.min(FRAMES * 1_000, passedBy(millis, changes));
            assertThat((double) link.passedBytes())
                    .as("at %s ms of %s", millis, Arrays.toString(changes))
                    .isCloseTo(expected, within(3.0));
        }
        assertThat(passed).as(Arrays.toString(changes)).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(passedBy(passed.get(i), changes))
                    .as("frame %d of %s", i, Arrays.toString(changes))
                    .isCloseTo((i + 1) * 1_000, within(3.0));
        }
        assertThat(link.backlogNanos()).isZero();
        assertThat(link.isOpen()).isEqualTo(changes[changes.length - 1] >= 1 && changes[changes.length - 2] < 30_000);
    }

    private static double passedBy(double millis, double[] changes) {
        double bytes = 0;
        for (int i = 0; i < changes.length; i += 2) {
            double end = i + 2 < changes.length ? Math.min(millis, changes[i + 2]) : millis;
            if (end > changes[i]) bytes += (end - changes[i]) * 1_000 * Math.min(1, changes[i + 1]);
        }
        return bytes;
    }

    @Test
    void afterTheFaultNewFramesStayBehindThoseThatWaitAndThenPassAtOnce() {
        link.setFactor(0.01);
        link.pass(1_000, () -> passed.add(1.0));
        link.pass(1_000, () -> passed.add(2.0));
        at(50_000_000); // half of the first
        link.setFactor(1);
        assertThat(link.isOpen()).isFalse();
        assertThat(link.backlogNanos()).isEqualTo(1_500_000);
        link.pass(1_000, () -> passed.add(3.0));
        at(52_499_999);
        assertThat(passed).containsExactly(1.0, 2.0);
        at(52_500_000);
        assertThat(passed).containsExactly(1.0, 2.0, 3.0);
        assertThat(link.isOpen()).isTrue();
    }

    @Test
    void aLoopThatIsLateCostsNoBandwidth() {
        link.setFactor(0.1);
        for (int i = 0; i < FRAMES; i++) link.pass(1_000, () -> passed.add(nowNanos / MILLISECOND));
        at(105_000_000); // one turn of the loop after a tenth of a second
        assertThat(passed).hasSize(10);
        assertThat(link.passedBytes()).isBetween(10_490L, 10_500L);
    }

    private void at(long nanos) {
        nowNanos = nanos;
        engine.runUntil(nanos);
    }
}
