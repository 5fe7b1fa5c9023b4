package dev.kilonode.simulator.run.plan;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.scenario.Churn;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All churn restarts of a run, in order of time. They are drawn during iteration, so that memory does not grow with the run. Each iteration
 * gives the same restarts.
 *
 * @param bootstraps how many of the nodes keep their address
 * @param fromNanos start of churn
 * @param untilNanos end of the run
 */
public record ChurnPlan(int nodes, int bootstraps, Churn churn, long fromNanos, long untilNanos, Seeds seeds)
        implements Iterable<PlannedRestart> {

    @Override
    public Iterator<PlannedRestart> iterator() {
        return new Restarts();
    }

    /** A stop or a start of a node. Changes at the same time are ordered by the order of their draws. */
    private record Change(long atNanos, long sequence, int node, boolean up) {}

    /** One random stream serves all nodes: the values for one node depend on all earlier restarts. */
    private final class Restarts implements Iterator<PlannedRestart> {

        private final RandomStream random = seeds.stream("churn");
        private final PriorityQueue<Change> changes =
                new PriorityQueue<>(Comparator.comparingLong(Change::atNanos).thenComparingLong(Change::sequence));
        private long sequence;
        private @Nullable PlannedRestart next;

        Restarts() {
            if (churn.restartsPerNode().perSecond() > 0) {
                for (int node = 0; node < nodes; node++) addStop(node, 0, fromNanos);
            }
            next = draw();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public PlannedRestart next() {
            PlannedRestart restart = next;
            if (restart == null) throw new NoSuchElementException();
            next = draw();
            return restart;
        }

        private @Nullable PlannedRestart draw() {
            for (Change change = changes.poll(); change != null; change = changes.poll()) {
                if (change.atNanos() > untilNanos) return null;
                if (change.up()) {
                    addStop(change.node(), change.atNanos(), 0);
                    continue;
                }
                boolean abrupt = random.nextDouble() < churn.abrupt().value();
                double moving = churn.newAddress().value();
                boolean moves = moving > 0 && random.nextDouble() < moving && change.node() >= bootstraps;
                long upNanos = Engine.after(change.atNanos(), churn.downtime().toNanos());
                changes.add(new Change(upNanos, sequence++, change.node(), true));
                return new PlannedRestart(change.node(), change.atNanos(), abrupt, moves, upNanos);
            }
            return null;
        }

        private void addStop(int node, long nowNanos, long afterNanos) {
            double gapSeconds =
                    random.nextExponential() / churn.restartsPerNode().perSecond();
            long delayNanos = afterNanos + (long) Math.min(gapSeconds * 1e9, Long.MAX_VALUE / 4.0);
            changes.add(new Change(Engine.after(nowNanos, delayNanos), sequence++, node, false));
        }
    }
}
