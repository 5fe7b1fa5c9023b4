package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.world.FrameFailure;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The outcomes of all frames handed to the network, in two accounts. Each partition counts what its own hosts see, so that the accounts
 * balance in the sum over all partitions.
 *
 * <p>What became of a frame: sent == delivered + lost + inFlight. A frame is delivered once the other end has read it, even if the sender
 * has given it up by then.
 *
 * <p>What its sender saw: sent == unwatched + acknowledged + givenUp + awaited. Nobody waits for the outcome of an unwatched frame.
 */
public final class MessageCounts {

    long sent;
    long delivered;
    long inFlight;
    long deliveredBytes;
    long unwatched;
    long acknowledged;
    long awaited;
    private long lost;
    private long givenUp;
    private final long[] lostBy = new long[FrameFailure.values().length];
    private final long[] givenUpBy = new long[FrameFailure.values().length];

    /** Adds the outcomes of {@code other}. */
    void add(MessageCounts other) {
        sent += other.sent;
        delivered += other.delivered;
        inFlight += other.inFlight;
        deliveredBytes += other.deliveredBytes;
        unwatched += other.unwatched;
        acknowledged += other.acknowledged;
        awaited += other.awaited;
        lost += other.lost;
        givenUp += other.givenUp;
        for (int cause = 0; cause < lostBy.length; cause++) {
            lostBy[cause] += other.lostBy[cause];
            givenUpBy[cause] += other.givenUpBy[cause];
        }
    }

    public long sent() {
        return sent;
    }

    public long delivered() {
        return delivered;
    }

    /** Frames sent on a connection that was closed, or whose other end was gone or cut off, or stopped while they were on their way. */
    public long lost() {
        return lost;
    }

    public long lost(FrameFailure cause) {
        return lostBy[cause.ordinal()];
    }

    public long inFlight() {
        return inFlight;
    }

    public long deliveredBytes() {
        return deliveredBytes;
    }

    /** Frames acknowledged within their sender's patience. For a small frame whose acknowledgement it does not want, the arrival counts. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Frames that their sender no longer waits for, because of a failure. Some of them are delivered all the same. */
    public long givenUp() {
        return givenUp;
    }

    public long givenUp(FrameFailure cause) {
        return givenUpBy[cause.ordinal()];
    }

    /** Frames whose sender waits for the outcome. */
    public long awaited() {
        return awaited;
    }

    void lose(FrameFailure cause) {
        lost++;
        lostBy[cause.ordinal()]++;
    }

    /** Ends the wait for an acknowledgement: it has come. */
    void acknowledge() {
        awaited--;
        acknowledged++;
    }

    /** Ends the wait for an acknowledgement: the sender waits no longer. */
    void giveUp(FrameFailure cause) {
        awaited--;
        givenUp++;
        givenUpBy[cause.ordinal()]++;
    }

    public boolean invariantsHold() {
        return inFlight >= 0
                && awaited >= 0
                && sent == delivered + lost + inFlight
                && sent == unwatched + acknowledged + givenUp + awaited
                && lost == Arrays.stream(lostBy).sum()
                && givenUp == Arrays.stream(givenUpBy).sum();
    }

    @Override
    public String toString() {
        return sent + " sent = " + delivered + " delivered + " + lost + " lost" + byCause(lostBy) + " + " + inFlight
                + " in flight; " + sent + " sent = " + acknowledged + " acknowledged + " + givenUp + " given up"
                + byCause(givenUpBy) + " + " + awaited + " awaited + " + unwatched + " unwatched";
    }

    private static String byCause(long[] counts) {
        String parts = Arrays.stream(FrameFailure.values())
                .filter(cause -> counts[cause.ordinal()] > 0)
                .map(cause -> counts[cause.ordinal()] + " " + cause.label())
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "" : " (" + parts + ")";
    }
}
