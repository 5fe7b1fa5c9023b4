package dev.kilonode.simulator.run.invariants;

import dev.kilonode.simulator.kernel.world.NodeTimers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/** The latest lives that ended: none of them may start a timer any more. */
final class EndedLives {

    private static final int MOST = 500;

    private static final class Life {
        final int node;
        final NodeTimers timers;
        final long endedNanos;
        long started = -1;
        boolean told;

        Life(int node, NodeTimers timers, long endedNanos) {
            this.node = node;
            this.timers = timers;
            this.endedNanos = endedNanos;
        }
    }

    private final Deque<Life> lives = new ArrayDeque<>();

    void ended(int node, NodeTimers timers, long nowNanos) {
        if (lives.size() == MOST) lives.removeFirst();
        lives.addLast(new Life(node, timers, nowNanos));
    }

    /** Passes each node to {@code violator} that has started a timer since its life ended and the work under way was over. */
    void look(long nowNanos, IntConsumer violator) {
        for (Life life : lives) {
            if (nowNanos - life.endedNanos < RegistryLook.PATIENCE_NANOS) continue;
            long started = life.timers.started();
            if (life.started >= 0 && started > life.started && !life.told) {
                life.told = true;
                violator.accept(life.node);
            }
            life.started = started;
        }
    }
}
