package dev.kilonode.simulator.kernel.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results of workers in wall time, which cores of a tenth of the speed deliver later. Times in microseconds. */
class CoreQueueTest {

    private final Engine engine = new Engine();
    private final CoreQueue cores = new CoreQueue(engine, 1, 0, 10);
    private final List<String> done = new ArrayList<>();

    @Test
    void aResultIsDueWhenSlowCoresWouldHaveBegunAndEndedTheWork() {
        at(100);
        assertThat(take("first", 100)).isTrue(); // from 0 to 1,000
        at(150);
        assertThat(take("second", 50)).isTrue(); // from 1,000 to 1,500
        at(2_000);
        assertThat(done).containsExactly("first at 1000", "second at 1500");
        assertThat(cores.workedNanos(engine.nowNanos())).isCloseTo(1_500_000, within(1.0));
        assertThat(cores.backlogNanos(engine.nowNanos())).isZero();
    }

    @Test
    void waitingResultsTakeThePresentSpeed() {
        at(100);
        take("first", 100);
        take("second", 100);
        at(500); // half of the first is done
        cores.setSlowdown(engine.nowNanos(), 1);
        assertThat(cores.backlogNanos(engine.nowNanos())).isEqualTo(150_000);
        at(10_000);
        assertThat(done).containsExactly("first at 550", "second at 650");
        assertThat(cores.workedNanos(engine.nowNanos())).isCloseTo(650_000, within(1.0));
    }

    @Test
    void atFullSpeedAResultOfAFreeCoreIsThereAlready() {
        cores.setSlowdown(0, 1);
        at(100);
        assertThat(take("first", 100)).isFalse();
        assertThat(cores.workedNanos(engine.nowNanos())).isCloseTo(100_000, within(1.0));
    }

    @Test
    void aLateEventDoesNotTurnTheClockBack() {
        at(100);
        take("first", 100);
        assertThat(cores.workedNanos(5_000_000)).isCloseTo(1_000_000, within(1.0));
        at(1_000); // the loop is late
        assertThat(done).containsExactly("first at 1000");
        assertThat(cores.workedNanos(5_000_000)).isCloseTo(1_000_000, within(1.0));
    }

    private boolean take(String name, long micros) {
        long nowNanos = engine.nowNanos();
        return cores.runSince(nowNanos - micros * 1_000, nowNanos, micros * 1_000, new Event() {
            @Override
            protected void fire() {
                done.add(name + " at " + engine.nowNanos() / 1_000);
            }
        });
    }

    private void at(long micros) {
        engine.runUntil(micros * 1_000);
    }
}
