package dev.kilonode.node.link.real;

/**
 * What carries the frames of one connection. Called on the node's thread, and returns at once; what it has to tell, it tells
 * {@link RealConnection} and {@link Outgoing} from whatever thread it likes, in order.
 */
public interface Line {

    /**
     * Puts a frame on its way, on its own stream. Tells {@link Outgoing#left} when the operating system or the other end's
     * queue has all of it, and {@link Outgoing#acknowledged} when the other end has. A frame that {@link
     * Outgoing#isOver} before its first byte has left must not leave.
     */
    void send(Outgoing frame);

    /** Reads on after {@link RealConnection#received} asked for a pause. May come without one. */
    void readOn();

    /**
     * Lets the dialler know that its connection is up; only for a connection this end accepted, and before any frame.
     *
     * @param stamp see {@link RealDial#stamp}
     */
    void welcome(long stamp);

    /** Says that this end still lives. */
    void ping();

    /** Ends the connection with these words to the other end, and frees what it holds. Called at most once. */
    void close(Farewell farewell);

    /**
     * Behaves from now on as the line of a killed process: says nothing, acknowledges nothing, and lets the other end believe
     * that the connection is open for at least {@code lingerNanos}; then frees what it holds.
     */
    void fallSilent(long lingerNanos);
}
