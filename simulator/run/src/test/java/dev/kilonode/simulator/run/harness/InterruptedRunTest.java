package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.kernel.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are interrupted within a stride, or before they begin. */
class InterruptedRunTest {

    private static final long SEED = 20_261_130;

    @TempDir
    Path out;

    private SmallRun run(Consumer<World> before, String... values) throws IOException {
        return SmallRun.of(SmallRun.SMOKE, out, false, RunControl.NONE, before, values);
    }

    /** Invariants are checked when a window closes, including the last one, which an interrupt has shortened. */
    @Test
    void whereverItIsInterruptedAllAccountsBalanceAndTheLastWindowEndsThere() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 12; i++) {
            long atNanos = (long) (random.nextDouble() * 90e9);
            SmallRun run = run(
                    world -> world.engine().schedule(atNanos, world.engine()::interrupt),
                    "nodes.count=12",
                    "nodes.per-host=4",
                    "nodes.join-over=20s",
                    "duration=2m");
            String when = "interrupted at " + atNanos + " ns, seed " + SEED;
            assertThat(run.end().interrupted()).as(when).isTrue();
            assertThat(run.data().lastMs()).as(when).isEqualTo(atNanos / 1_000_000);
            assertThat(run.data().unreadableRows()).as(when).isZero();
        }
    }

    @Test
    void anInterruptWithinTheFirstMillisecondLeavesNoWindow() throws IOException {
        SmallRun run = run(world -> world.engine().schedule(500_000, world.engine()::interrupt), "nodes.count=8");
        assertThat(run.end().interrupted()).isTrue();
        assertThat(run.data().series()).isEmpty();
    }

    @Test
    void aNetworkThatIsToStopIsNotBuilt() {
        assertThatThrownBy(() -> run(world -> world.engine().interrupt(), "nodes.count=8"))
                .isInstanceOf(InterruptedRunException.class);
    }

    /** A timer that is due a thousand times faster than it can fire makes a stride arbitrarily long. */
    @Test
    void aStrideOfEndlesslyManyEventsIsInterruptedWithinIt() throws IOException {
        SmallRun run = run(
                world -> world.engine().schedule(0, new Runnable() {
                    private int times;

                    @Override
                    public void run() {
                        if (times++ == 100_000) world.engine().interrupt();
                        world.engine().schedule(0, this);
                    }
                }),
                "nodes.count=8");
        assertThat(run.end().interrupted()).isTrue();
    }
}
