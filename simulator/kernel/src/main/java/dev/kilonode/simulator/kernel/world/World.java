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
 * The environment of a run: hosts and the nodes on them. The harness runs on one thread, the one that calls {@link #runUntil}. Nodes run on
 * the same thread, or on event loops that are paused while the harness runs.
 */
public interface World extends AutoCloseable {

    /** The clock of the run and the scheduled events of the harness. */
    Engine engine();

    /** The current time of the run. Any thread. */
    default long nowNanos() {
        return engine().nowNanos();
    }

    /** Events fired so far, including those of nodes. */
    default long eventsFired() {
        return engine().eventsFired();
    }

    /** The current time of the nodes of one loop, which may be ahead of that of the harness. On the thread of the loop. */
    default long nowNanos(int loop) {
        return nowNanos();
    }

    /** The number of loops, 1 or more: sets of hosts whose nodes run on one thread at a time. Each writes to its own metrics; see {@link Host#loop}. */
    default int loops() {
        return 1;
    }

    /** Runs {@code task} on the harness thread; immediately if that is the calling thread. Any thread but those that run nodes, see {@link Host#tell}. */
    default void tell(Runnable task) {
        task.run();
    }

    Seeds seeds();

    /**
     * Announces that hosts change in this run: cores, bandwidth, latency, loss or connection. A world may then keep records of what is under
     * way, so that the changes apply to it. Called before the first host is added. Without it such changes may throw an {@link
     * IllegalStateException}; until the first change the run is the same with and without it.
     */
    default void expectHostChanges() {}

    /** The capabilities of this world. A run that needs others is refused before it starts. */
    Set<Capability> capabilities();

    /**
     * Adds a host of {@code group}. Hosts are added in ascending order of their numbers; numbers of hosts in other processes are skipped.
     *
     * @param number determines its address and the loop of its nodes
     */
    Host addHost(int number, HostGroup group);

    /** Whether nodes of this world reach those of other processes, so that {@link #addRemoteHost} can be used. */
    default boolean reachesOtherProcesses() {
        return false;
    }

    /**
     * Adds a host that another process runs. Faults of it apply to what passes between it and the hosts of this process; it runs no nodes
     * here. Never called in a run of one process. In any order.
     *
     * @throws IllegalStateException if this world does not reach other processes
     */
    default Host addRemoteHost(int number, HostGroup group) {
        throw new IllegalStateException("got host " + number + " of another process, which this world does not reach");
    }

    /** Sets what is known of the nodes on hosts that were added by {@link #addRemoteHost}. Without it nothing listens on them. */
    default void remoteNodes(RemoteNodes nodes) {
        throw new IllegalStateException("this world does not reach other processes");
    }

    /**
     * Sets when the run begins, so that all processes of a run share a time base; {@link #runUntil} waits for it. Called before the first
     * {@code runUntil}, at most once; without it the run begins then. A time that has passed lets the run begin late.
     *
     * @param machineNanos time 0 of the run, on the clock of {@link System#nanoTime}
     * @param unixSeconds the same moment for time stamps of messages
     */
    default void beginAt(long machineNanos, long unixSeconds) {
        throw new IllegalStateException("this world does not run in real time");
    }

    /** The IPv4 address of the host with this number, big-endian, in this process or in another. */
    int ip(int number);

    /** Runs the world until {@code limitNanos} of the run's clock. */
    void runUntil(long limitNanos);

    /** Called once after all nodes have been started, when the memory in use has reached its steady size. */
    default void populated() {}

    /** The span of run time between two progress reports, each with a check whether to stop. */
    long strideNanos();

    /** Whether the world runs in real time, so that an overloaded machine distorts the measurements. */
    default boolean isRealTime() {
        return false;
    }

    /** The samplers of this world, which write to {@code metrics}. Called once, before the run. */
    default List<WorldSampler> samplers(MetricSet metrics) {
        return List.of();
    }

    /** The interval between two samples of the gauges; a multiple of the stride. */
    long sampleNanos();

    /** Whether a node listens at {@code address}. */
    boolean isAlive(NodeAddress address);

    /** Whether the message counts satisfy their invariants. */
    boolean invariantsHold();

    /** The message counts as text. */
    String accountsInWords();

    /** Digest of the run in hexadecimal; empty in a world whose runs are not reproducible. */
    String digestHex();

    /** Releases threads, sockets and memory outside the heap. The world cannot be used afterwards. */
    @Override
    void close();
}
