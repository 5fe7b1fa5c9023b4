package dev.kilonode.simulator.kernel.world;

import dev.kilonode.simulator.settings.HostGroup;
import org.jspecify.annotations.Nullable;

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

    /** Somebody new on this host who speaks to the sockets of others; null where nodes have no sockets. */
    @Nullable
    RawPeer newRawPeer();

    /** Cuts the host off from all others, or joins it again. */
    void isolate(boolean cutOff);

    /**
     * Refuses every dial from another host, or accepts them again; connections that are up stay.
     *
     * @throws UnsupportedOperationException in virtual time
     */
    void refuse(boolean refusing);

    /**
     * Lets the consumers of its nodes stand still, as a process that is stopped or swaps, or go on. What arrives meanwhile waits in
     * their queues, as far as these reach.
     *
     * @throws UnsupportedOperationException in virtual time
     */
    void pause(boolean paused);

    /** Runs both directions of the link at {@code factor} of their bandwidth. */
    void setBandwidthFactor(double factor);

    /** Runs the cores at {@code factor} of their speed from now on. */
    void setCoreSpeedFactor(double factor);

    /** Messages from and to this host take {@code factor} times their latency; of two hosts' factors the greater counts. */
    void setLatencyFactor(double factor);

    /** Messages from and to this host lose {@code factor} times the packets; of two hosts' factors the greater counts. */
    void setLossFactor(double factor);
}
