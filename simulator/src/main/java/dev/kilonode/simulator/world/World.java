package dev.kilonode.simulator.world;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Seeds;
import java.util.List;

/**
 * Where a run takes place: hosts, and on them nodes. Virtual or real, all of it, the nodes and whoever watches them, lives on
 * one thread: the one that calls {@link #runUntil}.
 */
public interface World extends AutoCloseable {

    /** The run's clock and what is still to happen on it. */
    Engine engine();

    Seeds seeds();

    /** Adds as many hosts of {@code group} as it counts. */
    List<? extends Machine> addHosts(HostGroup group);

    /** Lets everything happen that is due by {@code limitNanos} of the run's clock, which is then the time. */
    void runUntil(long limitNanos);

    /** How far a run goes before it looks up, to tell how far it is and to hear whether it is to stop. */
    long strideNanos();

    /** Between two samples of what has a level; a multiple of the stride. */
    long sampleNanos();

    /** Whether a node listens at {@code address}. */
    boolean isAlive(NodeAddress address);

    /** Whether the accounts of what passes between nodes balance. */
    boolean balanced();

    /** Those accounts, in words. */
    String accountsInWords();

    /** Summary of all that has happened, in hex; empty where no two runs are alike. */
    String digestHex();

    /** Lets go of what the world holds outside the heap. Nothing happens in it any more. */
    @Override
    void close();
}
