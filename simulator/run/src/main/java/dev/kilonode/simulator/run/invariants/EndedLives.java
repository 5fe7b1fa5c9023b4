package dev.kilonode.simulator.run.invariants;

import dev.kilonode.simulator.kernel.world.NodeHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/** The latest lives that ended: none of them may start a timer any more. */
final class EndedLives {

    private static final int MOST = 500;

    private static final class Life {
        final int node;
        final NodeHandle place;
        final long endedNanos;
        long timers = -1;
        boolean told;

        Life(int node, NodeHandle place, long endedNanos) {
            this.node = node;
            this.place = place;
            this.endedNanos = endedNanos;
        }
    }

    private final Deque<Life> lives = new ArrayDeque<>();

    void ended(int node, NodeHandle place, long nowNanos) {
        if (lives.size() == MOST) lives.removeFirst();
        lives.addLast(new Life(node, place, nowNanos));
    }

    /** Passes each node to {@code violator} that has started a timer since its life ended and the work under way was over. */
    void look(long nowNanos, IntConsumer violator) {
        for (Life life : lives) {
            if (nowNanos - life.endedNanos < RegistryLook.PATIENCE_NANOS) continue;
            long timers = life.place.timersStarted();
            if (life.timers >= 0 && timers > life.timers && !life.told) {
                life.told = true;
                violator.accept(life.node);
            }
            life.timers = timers;
        }
    }
}
