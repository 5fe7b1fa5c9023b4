package dev.kilonode.simulator.kernel.world;

import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.HostGroup;

/** One host: an address that its nodes share, and the faults that can be applied to it. Called on the run's thread. */
public interface Host {

    HostGroup group();

    /** The number of the loop on which its nodes run, from 0; see {@link World#loops}. */
    default int loop() {
        return 0;
    }

    /** Runs {@code task} on the harness thread; immediately if that is the calling thread. On the thread of its nodes. */
    void tell(Runnable task);

    /** The IPv4 address, big-endian. */
    int ip();

    /** Starts a node at the next free port; a port is used again only after all others have been used. */
    NodeHandle addNode(NodeSpec spec);

    /**
     * Starts a node at {@code port}.
     *
     * @throws IllegalArgumentException if the port is in use
     */
    NodeHandle addNode(int port, NodeSpec spec);

    /** Processor time used up to now, over all cores; negative if unknown. */
    long busyNanos(long nowNanos);

    /** Bytes of messages that have passed the uplink since the run began. */
    long bytesUp();

    /** Bytes of messages that have passed the downlink since the run began. */
    long bytesDown();

    /** Adds a peer to this host that sends to the sockets of others. Needs {@link Capability#RAW_SOCKETS}. */
    default RawPeer newRawPeer() {
        throw lacks(Capability.RAW_SOCKETS);
    }

    /**
     * Cuts the host off from all others, or reconnects it. This and the changes of factors apply to what is under way; see {@link
     * World#expectHostChanges}.
     */
    void isolate(boolean cutOff);

    /** Refuses every dial from another host, or accepts dials again. Needs {@link Capability#REFUSE_DIALS}. */
    default void refuse(boolean refusing) {
        throw lacks(Capability.REFUSE_DIALS);
    }

    /**
     * Pauses or resumes the consumers of its nodes, like a stopped or swapping process. Meanwhile arriving messages wait in the receive
     * queues, up to their limits. Needs {@link Capability#PAUSE_NODES}.
     */
    default void pause(boolean paused) {
        throw lacks(Capability.PAUSE_NODES);
    }

    /** Thrown when a run uses a capability that its world does not list in {@link World#capabilities}. */
    private static IllegalStateException lacks(Capability capability) {
        return new IllegalStateException("this world cannot " + capability.action());
    }

    /** Sets both directions of the link to {@code factor} of their bandwidth. */
    void setBandwidthFactor(double factor);

    /** Sets the cores to {@code factor} of their speed. */
    void setCoreSpeedFactor(double factor);

    /** Multiplies the latency of messages from and to this host by {@code factor}; between two hosts the greater factor applies. */
    void setLatencyFactor(double factor);

    /** Multiplies the packet loss of messages from and to this host by {@code factor}; between two hosts the greater factor applies. */
    void setLossFactor(double factor);
}
