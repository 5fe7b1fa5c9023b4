package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Outbox;
import dev.kilonode.simulator.kernel.threads.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs the partitions of a world side by side, in windows no longer than the least latency between two of them: what one host sends in a
 * window, another receives in a later one. Between windows the harness acts, at the times of its own events and for what nodes have told it.
 * Windows end at multiples of their length, at the events of the harness and at the limits of {@link #runUntil}, and nowhere else. So results
 * do not depend on the number of threads, nor on which thread runs a partition. Used on the thread of the harness.
 */
final class Windows implements AutoCloseable {

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Windows from one look at the balance of the threads to the next. */
    private static final int BALANCE_AFTER = 1_000;

    private static final Comparator<Partition.Told> ORDER = Comparator.comparingLong(Partition.Told::atNanos)
            .thenComparingInt(Partition.Told::partition)
            .thenComparingInt(Partition.Told::number);

    private final Engine harness;
    private final Partition[] partitions;
    private final NetworkPaths paths;
    private final ThreadTeam team;
    private final List<Partition.Told> told = new ArrayList<>();

    /** The partitions of each thread. */
    private final List<List<Partition>> byThread = new ArrayList<>();

    /** Two sets, used in turn: one is filled during a window while the other is emptied. By sending and receiving thread. */
    private final Outbox[][][] outboxes;

    private final BooleanSupplier interrupted;
    private final long[] firedBefore;
    private int filling;
    private long lastNanos;
    private int windows;

    Windows(Engine harness, Partition[] partitions, NetworkPaths paths, int threads) {
        this.harness = harness;
        this.interrupted = harness::isInterrupted;
        this.partitions = partitions;
        this.paths = paths;
        this.firedBefore = new long[partitions.length];
        this.outboxes = new Outbox[2][threads][threads];
        for (Outbox[][] set : outboxes) {
            for (Outbox[] ofThread : set) Arrays.setAll(ofThread, other -> new Outbox());
        }
        for (int thread = 0; thread < threads; thread++) byThread.add(new ArrayList<>());
        for (Partition partition : partitions) assign(partition, partition.number % threads);
        this.team = new ThreadTeam(threads, this::runPartitions);
    }

    /** Runs to {@code limitNanos} inclusive, or until the engine of the harness is interrupted. */
    void runUntil(long limitNanos) {
        while (!harness.isInterrupted()) {
            long actsNanos = harness.nextUntilNanos(limitNanos);
            long beginNanos = nothingBeforeNanos();
            if (Math.min(actsNanos, beginNanos) > limitNanos) {
                act(limitNanos);
                return;
            }
            if (actsNanos <= beginNanos) act(actsNanos);
            else run(Math.min(Math.min(actsNanos, limitNanos + 1), endOfWindow(beginNanos)));
        }
    }

    /** The least time from a cause at one host to an effect at another. */
    long leastCrossingNanos() {
        return partitions.length == 1 ? 0 : paths.leastNanos();
    }

    private long endOfWindow(long beginNanos) {
        long lengthNanos = partitions.length == 1 ? LONGEST_NANOS : Math.min(LONGEST_NANOS, paths.leastNanos());
        return (beginNanos / lengthNanos + 1) * lengthNanos;
    }

    /** A lower bound of the time of the next event of a host. */
    private long nothingBeforeNanos() {
        long nanos = Long.MAX_VALUE;
        for (Partition partition : partitions) nanos = Math.min(nanos, partition.engine.nothingBeforeNanos());
        for (Outbox[] ofThread : outboxes[filling]) {
            for (Outbox outbox : ofThread) nanos = Math.min(nanos, outbox.earliestNanos());
        }
        return nanos;
    }

    /** Runs a window up to {@code endNanos}, exclusive. */
    private void run(long endNanos) {
        filling = 1 - filling;
        lastNanos = endNanos - 1;
        team.round();
        harness.step();
        for (Partition partition : partitions) partition.endWindow(told);
        if (harness.isInterrupted()) {
            stop();
            return;
        }
        if (!told.isEmpty()) tellHarness();
        if (++windows % BALANCE_AFTER == 0 && byThread.size() > 1) balance();
    }

    /** The part of one thread in a window. */
    private void runPartitions(int thread) {
        for (Outbox[] ofThread : outboxes[1 - filling]) ofThread[thread].empty();
        Outbox[] own = outboxes[filling][thread];
        List<Partition> mine = byThread.get(thread);
        for (int i = 0; i < mine.size(); i++) mine.get(i).run(own, lastNanos, interrupted);
    }

    /** Sets the harness to the time until which all partitions have come. */
    private void stop() {
        emptyOutboxes();
        long nanos = lastNanos;
        for (Partition partition : partitions) nanos = Math.min(nanos, partition.engine.nowNanos());
        harness.advanceTo(Math.max(harness.nowNanos(), nanos));
    }

    private void tellHarness() {
        rest(lastNanos);
        harness.advanceTo(lastNanos);
        told.sort(ORDER);
        for (Partition.Told one : told) one.task().run();
        told.clear();
    }

    private void act(long atNanos) {
        rest(atNanos);
        harness.runUntil(atNanos);
    }

    /** Lets the harness touch all partitions. */
    private void rest(long atNanos) {
        emptyOutboxes();
        for (Partition partition : partitions) partition.engine.advanceTo(atNanos);
    }

    private void emptyOutboxes() {
        for (Outbox[] ofThread : outboxes[filling]) {
            for (Outbox outbox : ofThread) outbox.empty();
        }
    }

    /** Distributes the partitions by the events that they have fired since the last time, the busiest first. */
    private void balance() {
        emptyOutboxes();
        long[] load = new long[partitions.length];
        Integer[] busiest = new Integer[partitions.length];
        for (int number = 0; number < load.length; number++) {
            long fired = partitions[number].engine.eventsFired();
            load[number] = fired - firedBefore[number];
            firedBefore[number] = fired;
            busiest[number] = number;
        }
        Arrays.sort(busiest, Comparator.comparingLong(number -> -load[number]));
        long[] ofThread = new long[byThread.size()];
        byThread.forEach(List::clear);
        for (int number : busiest) {
            int least = partitions[number].thread(); // stays where it is if that is as good
            for (int thread = 0; thread < ofThread.length; thread++) {
                if (ofThread[thread] < ofThread[least]) least = thread;
            }
            ofThread[least] += load[number];
            assign(partitions[number], least);
        }
    }

    private void assign(Partition partition, int thread) {
        partition.assign(thread);
        byThread.get(thread).add(partition);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        team.close();
    }
}
