package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.WorkCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifying costs 300 us and 1 us per KiB, a datagram 25 us, a wake-up 100 us; the host has 2 cores. */
class VirtualRuntimeTest {

    private final VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), costs(), 1);
    private final VirtualRuntime runtime =
            world.addHost(Worlds.group("eu")).newNode("a", false).runtime();
    private final List<String> seen = new ArrayList<>();

    private static CostConfig costs() {
        WorkCost verify = new WorkCost(Duration.ofNanos(300_000), Duration.ofNanos(1_000), "test");
        return new CostConfig(
                Worlds.FREE,
                verify,
                Worlds.FREE,
                Worlds.FREE,
                Worlds.FREE,
                Worlds.FREE,
                Worlds.FREE,
                Duration.ofNanos(100_000),
                Duration.ofNanos(25_000),
                Worlds.NO_LOCK,
                Worlds.NO_TABLES,
                Worlds.SILENT);
    }

    @Test
    void workWaitsForACoreAndIsComputedJustBeforeItsContinuation() {
        for (int i = 0; i < 3; i++) runtime.run(new Verify(10_240), () -> see("then"));
        assertThat(seen).isEmpty();
        world.runUntil(1_000_000_000);
        assertThat(seen)
                .containsExactly(
                        "compute at 310",
                        "then at 310",
                        "compute at 310",
                        "then at 310",
                        "compute at 620",
                        "then at 620");
    }

    @Test
    void whatCostsNothingHappensAtOnce() {
        runtime.run(WorkKind.HANDLE, 1_000, () -> see("handled"));
        assertThat(seen).containsExactly("handled at 0");
    }

    @Test
    void aWokenTaskWaitsForACoreAndThenItsTurn() {
        runtime.wakeUp(() -> see("woken"));
        world.runUntil(1_000_000);
        runtime.run(WorkKind.VERIFY, 0, () -> {});
        runtime.run(WorkKind.VERIFY, 0, () -> {});
        runtime.wakeUp(() -> see("woken"));
        world.runUntil(1_000_000_000);
        assertThat(seen).containsExactly("woken at 100", "woken at 1400");
    }

    @Test
    void whatWaitsWhenTheSpeedChangesRunsAtTheNewOne() {
        VirtualHost host = world.hosts().get(0);
        host.setCoreSpeedFactor(1);
        for (int i = 0; i < 4; i++) {
            String name = "work " + i;
            runtime.run(WorkKind.VERIFY, 0, () -> see(name));
        }
        runtime.wakeUp(() -> see("woken"));
        world.runUntil(150_000);
        host.setCoreSpeedFactor(0.1); // half of the first two is done
        world.runUntil(750_000);
        assertThat(host.busyNanos(750_000)).isEqualTo(2 * 750_000);
        host.setCoreSpeedFactor(1); // 90 us of the first two are left
        world.runUntil(1_000_000_000);
        assertThat(seen)
                .containsExactly("work 0 at 840", "work 1 at 840", "work 2 at 1140", "work 3 at 1140", "woken at 1240");
        assertThat(host.busyNanos(1_000_000_000)).isEqualTo(2 * 1_140_000);
    }

    @Test
    void aHaltedNodeIsNotCalledAndACancelledTimerNeither() {
        Timer timer = runtime.schedule(5_000, () -> see("cancelled"));
        timer.cancel();
        runtime.schedule(5_000, () -> see("timer"));
        runtime.schedule(20_000, () -> see("too late"));
        world.engine().schedule(10_000, runtime::halt);
        world.runUntil(1_000_000_000);
        assertThat(seen).containsExactly("timer at 5");
        assertThat(runtime.unixSeconds()).isEqualTo(VirtualRuntime.START_UNIX_SECONDS + 1);
    }

    private void see(String what) {
        seen.add(what + " at " + runtime.nowNanos() / 1_000);
    }

    private final class Verify implements Work {
        private final long bytes;

        Verify(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public WorkKind kind() {
            return WorkKind.VERIFY;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void compute() {
            see("compute");
        }
    }
}
