package dev.kilonode.node.link.base;

/**
 * Carries the frames of one connection: what a link implements. Not a channel of Netty, although it may own one. All methods are
 * called on the node's thread and return at once. The channel reports events to {@link BaseConnection} and {@link PendingWrite}
 * from any thread, in order.
 */
public interface FrameChannel {

    /**
     * Sends a frame independently of other frames. Calls {@link PendingWrite#left} when the operating system or the remote queue has
     * all of it, and {@link PendingWrite#acknowledged} when the remote endpoint has received it. If {@link PendingWrite#isOver}
     * is true before the first byte is written, the channel must not send the frame.
     */
    void send(PendingWrite write);

    /** Continues reading after {@link BaseConnection#received} returned false. May be called when reading is not paused. */
    void resumeReading();

    /**
     * Tells the dialler that the connection is established. Called on accepted connections only, before any frame.
     *
     * @param stamp see {@link PendingDial#stamp}
     */
    void confirm(long stamp);

    /** Sends a keep-alive. */
    void ping();

    /** Sends {@code code} to the remote endpoint, closes the connection and releases its resources. Called at most once. */
    void close(CloseCode code);

    /**
     * Behaves from now on like the connection of a killed process: sends nothing and acknowledges nothing. The remote endpoint must
     * be able to take the connection for open for at least {@code lingerNanos}. Then releases the resources.
     */
    void abandon(long lingerNanos);
}
