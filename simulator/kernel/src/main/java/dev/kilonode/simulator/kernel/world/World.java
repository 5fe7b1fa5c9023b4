package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.List;
import java.util.Set;

/**
 * Where a run takes place: hosts, and on them nodes. Whoever watches them lives on one
 * thread, the one that calls {@link #runUntil}. Nodes live there as well, or on others that stand still while that one does anything.
 */
public interface World extends AutoCloseable {

    /** The run's clock and what the harness has still to do by it. */
    Engine engine();

    /** The time of the run. Any thread. */
    default long nowNanos() {
        return engine().nowNanos();
    }

    /** Events that have happened, to nodes too. */
    default long eventsFired() {
        return engine().eventsFired();
    }

    /** How many threads nodes live on: 1 or more. What these write to is theirs alone; see {@link Host#loop}. */
    default int loops() {
        return 1;
    }

    /** Calls {@code task}, with which a node tells the harness something, where that lives: at once if it is the same thread. Any thread. */
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

    /** All nodes have been started: what is alive now stays. */
    default void populated() {}

    /** How far a run goes before it looks up, to tell how far it is and to hear whether it is to stop. */
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

    /** Lets go of what the world holds outside the heap. Nothing happens in it any more. */
    @Override
    void close();
}
