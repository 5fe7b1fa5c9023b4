package dev.kilonode.simulator.kernel.virtual;

/**
 * The outcomes of all messages handed to the network.
 *
 * <p>Invariant: sent == delivered + lost + inFlight. A message is delivered once the other end has read it, even if the sender has timed
 * out by then.
 */
public final class MessageCounts {

    long sent;
    long delivered;
    long lost;
    long inFlight;
    long deliveredBytes;

    public long sent() {
        return sent;
    }

    public long delivered() {
        return delivered;
    }

    /** Messages sent on a connection that was closed, or whose other end was gone or cut off. */
    public long lost() {
        return lost;
    }

    public long inFlight() {
        return inFlight;
    }

    public long deliveredBytes() {
        return deliveredBytes;
    }

    public boolean invariantsHold() {
        return inFlight >= 0 && sent == delivered + lost + inFlight;
    }

    @Override
    public String toString() {
        return sent + " sent = " + delivered + " delivered + " + lost + " lost + " + inFlight + " in flight";
    }
}
