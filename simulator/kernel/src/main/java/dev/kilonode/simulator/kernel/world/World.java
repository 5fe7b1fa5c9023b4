package dev.kilonode.simulator.kernel.world;

import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.List;
import java.util.Set;

/**
 * Where a run takes place: hosts, and nodes on them. The harness runs on one thread, the one that calls {@link #runUntil}. Nodes run on the
 * same thread, or on event loops that stand still while the harness does anything.
 */
public interface World extends AutoCloseable {

    /** The clock of the run, and the events that the harness has scheduled. */
    Engine engine();

    /** The time of the run. Any thread. */
    default long nowNanos() {
        return engine().nowNanos();
    }

    /** Events that have happened, to nodes too. */
    default long eventsFired() {
        return engine().eventsFired();
    }

    /** How many threads nodes run on, 1 or more. Each writes to metrics of its own; see {@link Host#loop}. */
    default int loops() {
        return 1;
    }

    /** Calls {@code task} on the thread of the harness: at once if that is the calling thread. Any thread. */
    default void tell(Runnable task) {
        task.run();
    }

    Seeds seeds();

    /** What it can do to its hosts and nodes. What needs more is refused before the run. */
    Set<Capability> capabilities();

    /**
     * Adds one host of {@code group}. Hosts are added in ascending order of their numbers; numbers are left out where another process
     * owns the host.
     *
     * @param number decides its address, and the loop that its nodes live on
     */
    Host addHost(int number, HostGroup group);

    /** The IPv4 address of the host with this number, big-endian, in this process or in another. */
    int ip(int number);

    /** Lets everything happen that is due by {@code limitNanos} of the run's clock, which is then the time. */
    void runUntil(long limitNanos);

    /** Called once when all nodes have been started, so that the memory in use is what stays in use. */
    default void populated() {}

    /** How far a run goes before it reports its progress and checks whether it is to stop. */
    long strideNanos();

    /** Whether time passes by itself, so that a machine that is too slow distorts what is measured. */
    default boolean isRealTime() {
        return false;
    }

    /** What this world measures itself, into {@code metrics}. Called once, before the run. */
    default List<WorldSampler> samplers(MetricSet metrics) {
        return List.of();
    }

    /** Between two samples of what has a level; a multiple of the stride. */
    long sampleNanos();

    /** Whether a node listens at {@code address}. */
    boolean isAlive(NodeAddress address);

    /** Whether the accounts of what passes between nodes balance. */
    boolean invariantsHold();

    /** Those accounts, in words. */
    String accountsInWords();

    /** Summary of all that has happened, in hex; empty where no two runs are alike. */
    String digestHex();

    /** Releases threads, sockets and memory outside the heap. Nothing happens in the world afterwards. */
    @Override
    void close();
}
