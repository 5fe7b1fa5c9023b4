package dev.kilonode.simulator.kernel.world;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.settings.EndpointLockCost;
import dev.kilonode.simulator.settings.LockStarvation;

/**
 * The lock of one endpoint. Every registration takes it several times, and the packet driver takes it for every packet. The duration of a
 * registration has three parts: for each acquisition an exponential wait whose mean is proportional to the packet rate; the scans, one
 * registration at a time; and, rarely, a starvation. Waiting does not hold the lock, scanning does.
 */
public final class EndpointLock {

    private static final long BUCKET_NANOS = 100_000_000L;
    private static final double BUCKETS_PER_SECOND = 10;

    /** Weight of the past in the moving average after one bucket: a time constant of 5 s. */
    private static final double KEPT = StrictMath.exp(-1 / (5 * BUCKETS_PER_SECOND));

    private static final long FORGOTTEN_AFTER = 5_000;

    private final Law law;
    private final RandomStream random;

    private long freeAtNanos;
    private long bucket;
    private int messagesInBucket;
    private double messagesPerSecond;
    private int starvationKnownFor = -1;
    private double starvationProbability;

    private long registrations;
    private long starvations;
    private long totalNanos;
    private long longestNanos;

    public EndpointLock(EndpointLockCost cost, RandomStream random) {
        this(new Law(cost), random);
    }

    /** @param law may be shared between locks, which saves space in the processor's cache */
    public EndpointLock(Law law, RandomStream random) {
        this.law = law;
        this.random = random;
    }

    /** The lock costs, converted to numbers for the hot path. */
    public static final class Law {

        private final int acquisitions;
        private final double baseNanos;
        private final double scanNanosPerConnection;
        private final double waitNanosPerPacketRate;
        private final double packetsPerConnection;
        private final double packetsPerMessage;
        private final LockStarvation starvation;
        private final long starvationNanos;

        public Law(EndpointLockCost cost) {
            acquisitions = cost.acquisitions();
            baseNanos = cost.base().toNanos();
            scanNanosPerConnection = (double) cost.scanPerConnection().toNanos() * cost.acquisitions();
            waitNanosPerPacketRate = cost.waitPerPacketRate().toNanos();
            packetsPerConnection = cost.packetsPerConnection().perSecond();
            packetsPerMessage = cost.packetsPerMessage();
            starvation = cost.starvation();
            starvationNanos = starvation.duration().toNanos();
        }
    }

    /** Counts one message sent or received. */
    public void countMessage(long nowNanos) {
        roll(nowNanos);
        messagesInBucket++;
    }

    /** Performs a registration with {@code connections} in the table. Returns the time of its completion. */
    public long register(long nowNanos, int connections) {
        double waitNanos = 0;
        double meanNanos = law.waitNanosPerPacketRate * packetsPerSecond(nowNanos, connections);
        if (meanNanos > 0) {
            for (int i = 0; i < law.acquisitions; i++) waitNanos += meanNanos * random.nextExponential();
        }
        if (connections != starvationKnownFor) {
            starvationKnownFor = connections;
            starvationProbability = law.starvation.probabilityAt(connections);
        }
        if (starvationProbability > 0 && random.nextDouble() < starvationProbability) {
            starvations++;
            waitNanos += law.starvationNanos;
        }
        freeAtNanos = Engine.after(
                Math.max(nowNanos, freeAtNanos), (long) (law.baseNanos + law.scanNanosPerConnection * connections));
        long doneNanos = Engine.after(freeAtNanos, (long) waitNanos);
        registrations++;
        totalNanos = Engine.after(totalNanos, doneNanos - nowNanos);
        longestNanos = Math.max(longestNanos, doneNanos - nowNanos);
        return doneNanos;
    }

    /** Packets per second for which the driver takes the lock: keep-alives and data. */
    public double packetsPerSecond(long nowNanos, int connections) {
        roll(nowNanos);
        return law.packetsPerConnection * connections + law.packetsPerMessage * messagesPerSecond;
    }

    /** Registrations requested. */
    public long registrations() {
        return registrations;
    }

    /** Registrations that suffered a starvation. */
    public long starvations() {
        return starvations;
    }

    /** Sum of the durations of all registrations, from request to completion. */
    public long totalNanos() {
        return totalNanos;
    }

    /** The longest registration, from request to completion. */
    public long longestNanos() {
        return longestNanos;
    }

    private void roll(long nowNanos) {
        long now = nowNanos / BUCKET_NANOS;
        long passed = now - bucket;
        if (passed == 0) return;
        messagesPerSecond = messagesPerSecond * KEPT + messagesInBucket * BUCKETS_PER_SECOND * (1 - KEPT);
        double factor = KEPT;
        if (passed > FORGOTTEN_AFTER) messagesPerSecond = 0;
        else {
            for (long rest = passed - 1; rest > 0; rest >>= 1, factor *= factor) {
                if ((rest & 1) != 0) messagesPerSecond *= factor;
            }
        }
        messagesInBucket = 0;
        bucket = now;
    }
}
