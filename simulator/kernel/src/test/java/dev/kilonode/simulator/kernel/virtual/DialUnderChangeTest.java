package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.WorkCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dials while the speed of cores changes: a handshake costs each end 100 ms, a path 10 ms, and a dial times out after 3 s. */
class DialUnderChangeTest {

    private final VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), costs(), 1);
    private final VirtualNode from = node("from");
    private final VirtualNode to = node("to");
    private final List<String> told = new ArrayList<>();

    private static CostConfig costs() {
        return new CostConfig(
                Worlds.FREE,
                Worlds.FREE,
                Worlds.FREE,
                Worlds.FREE,
                Worlds.FREE,
                new WorkCost(Duration.ofMillis(100), Duration.ZERO, "test"),
                Worlds.FREE,
                Duration.ZERO,
                Duration.ZERO,
                Worlds.NO_LOCK,
                Worlds.NO_TABLES,
                Worlds.SILENT);
    }

    @Test
    void withoutAChangeADialTakesTwoPathsAndTwoParts() {
        dial();
        run(10_000);
        assertThat(told).containsExactly("dialled at 220");
    }

    @Test
    void workInProgressGoesOnAtThePresentSpeed() {
        dial();
        at(60, () -> to.host().setCoreSpeedFactor(0.1)); // half of the remote part is done
        at(160, () -> to.host().setCoreSpeedFactor(1)); // a tenth more
        run(10_000);
        assertThat(told).containsExactly("dialled at 310");
    }

    @Test
    void bothPartsTakeThePresentSpeedFromTheFirstInstantOn() {
        to.host().setCoreSpeedFactor(0.5);
        from.host().setCoreSpeedFactor(2);
        dial();
        run(10_000);
        assertThat(told).containsExactly("dialled at 270");
    }

    @Test
    void aDialThatWouldHaveTimedOutSucceedsIfTheSpeedReturns() {
        to.host().setCoreSpeedFactor(0.01);
        dial();
        at(1_010, () -> to.host().setCoreSpeedFactor(1)); // a tenth is done
        run(10_000);
        assertThat(told).containsExactly("dialled at 1210");
    }

    @Test
    void aDialWhoseWorkIsTooSlowTimesOutOnceAndLaterOnesSucceed() {
        dial();
        at(60, () -> to.host().setCoreSpeedFactor(0.001));
        at(5_000, () -> to.host().setCoreSpeedFactor(1));
        at(7_000, this::dial);
        run(100_000);
        assertThat(told).containsExactly("TIMEOUT at 3000", "dialled at 7220");
    }

    @Test
    void aNodeThatIsShutDownWhileWorkWaitsIsToldOnce() {
        dial();
        at(60, () -> to.host().setCoreSpeedFactor(0.1));
        at(70, () -> from.endpoint().shutdown(false));
        run(10_000);
        assertThat(told).containsExactly("CLOSED at 70");
    }

    @Test
    void aKilledRemoteNodeTimesTheDialOut() {
        dial();
        at(60, () -> to.host().setCoreSpeedFactor(0.1));
        at(70, () -> to.endpoint().shutdown(true));
        run(10_000);
        assertThat(told).containsExactly("TIMEOUT at 3000");
    }

    @Test
    void anAnswerTakesTheLatencyOfTheMomentAtWhichTheWorkIsDoneAfterAChangeOfSpeed() {
        dial();
        at(20, () -> to.host().setCoreSpeedFactor(0.5)); // 10 ms are done, 180 ms are left
        at(100, () -> to.host().setLatencyFactor(5));
        run(10_000);
        assertThat(told).containsExactly("dialled at 350");
        assertThat(to.host().busyNanos(world.engine().nowNanos()) / 1e6).isCloseTo(190, within(0.01));
    }

    @Test
    void anAnswerThatWaitsForTheCoresTakesTheLatencyOfTheMomentAtWhichItLeaves() {
        dial();
        at(60, () -> from.host().setLatencyFactor(7));
        at(80, () -> from.host().setLatencyFactor(3));
        at(90, () -> to.host().setCoreSpeedFactor(0.5)); // 80 ms are done, 40 ms are left
        at(131, () -> from.host().setLatencyFactor(20)); // it has left
        run(10_000);
        assertThat(told).containsExactly("dialled at 260");
    }

    @Test
    void aDialThatWouldHaveTimedOutOnItsPathSucceedsIfTheLatencyReturnsInTime() {
        dial();
        at(20, () -> from.host().setLatencyFactor(1_000));
        at(100, () -> from.host().setLatencyFactor(1));
        run(10_000);
        assertThat(told).containsExactly("dialled at 220");
    }

    private void dial() {
        from.endpoint().dial(to.address(), new DialListener() {
            @Override
            public void dialled(Connection connection) {
                tell("dialled");
            }

            @Override
            public void dialFailed(DialFailure failure) {
                tell(failure.name());
            }
        });
    }

    private void tell(String what) {
        told.add(what + " at " + from.runtime().nowNanos() / 1_000_000);
    }

    private VirtualNode node(String name) {
        return world.addHost(Worlds.group("eu")).newNode(name, false);
    }

    private void at(long millis, Runnable action) {
        world.engine().schedule(millis * 1_000_000 - world.engine().nowNanos(), action);
    }

    private void run(long millis) {
        world.runUntil(millis * 1_000_000);
    }
}
