package dev.kilonode.simulator.kernel.world;

import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.HostGroup;

/** One host: an address that its nodes share, and what can be done to it. On the run's thread. */
public interface Host {

    HostGroup group();

    /** Number of the thread that its nodes live on, from 0; see {@link World#loops}. */
    default int loop() {
        return 0;
    }

    /** The IPv4 address, big-endian. */
    int ip();

    /** Starts a node at the next port that is free; ports are not used again until all have been. */
    NodeHandle addNode(NodeSpec spec);

    /**
     * As above, at {@code port}.
     *
     * @throws IllegalArgumentException if the port is taken
     */
    NodeHandle addNode(int port, NodeSpec spec);

    /** Processor time used up to now, over all cores; negative where nobody knows. */
    long busyNanos(long nowNanos);

    /** Bytes of messages sent since the run began. */
    long bytesUp();

    /** Bytes of messages that have arrived since the run began. */
    long bytesDown();

    /** Adds a peer to this host that sends to the sockets of others. Needs {@link Capability#RAW_SOCKETS}. */
    default RawPeer newRawPeer() {
        throw lacks(Capability.RAW_SOCKETS);
    }

    /** Cuts the host off from all others, or joins it again. */
    void isolate(boolean cutOff);

    /** Refuses every dial from another host, or accepts them again. Needs {@link Capability#REFUSE_DIALS}. */
    default void refuse(boolean refusing) {
        throw lacks(Capability.REFUSE_DIALS);
    }

    /**
     * Lets the consumers of its nodes stand still, as a process that is stopped or swaps, or go on. What arrives meanwhile waits in
     * their queues, as far as these reach. Needs {@link Capability#PAUSE_NODES}.
     */
    default void pause(boolean paused) {
        throw lacks(Capability.PAUSE_NODES);
    }

    /** A run asks for what its world does not list in {@link World#capabilities}. */
    private static IllegalStateException lacks(Capability capability) {
        return new IllegalStateException("this world cannot " + capability.action());
    }

    /** Runs both directions of the link at {@code factor} of their bandwidth. */
    void setBandwidthFactor(double factor);

    /** Runs the cores at {@code factor} of their speed from now on. */
    void setCoreSpeedFactor(double factor);

    /** Messages from and to this host take {@code factor} times their latency; of two hosts' factors the greater counts. */
    void setLatencyFactor(double factor);

    /** Messages from and to this host lose {@code factor} times the packets; of two hosts' factors the greater counts. */
    void setLossFactor(double factor);
}
