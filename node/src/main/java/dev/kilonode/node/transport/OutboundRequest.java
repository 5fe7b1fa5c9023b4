package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import org.jspecify.annotations.Nullable;

/** One request, from its first dial to its end, which the listener gets once. */
final class OutboundRequest extends PendingRequest implements ConnectListener, SendListener {

    enum State {
        CONNECTING,
        SENDING,
        AWAITING_REPLY,
        ENDED
    }

    /**
     * Frames larger than this start the reply's timeout when they are acknowledged, because they take long to transmit. For smaller ones
     * the difference is a round trip, which does not justify an event.
     */
    static final int SMALL_FRAME_BYTES = 64 << 10;

    private final TransportContext context;
    private final RequestTable table;
    private final NodeObserver observer;
    private final PeerRecord record;
    private final long timeoutNanos;
    private final RequestListener listener;

    private State state = State.CONNECTING;
    private boolean large;
    private long dialNanos;
    private long identityNanos;
    private long sentNanos;

    OutboundRequest(
            TransportContext context,
            RequestTable table,
            NodeObserver observer,
            PeerRecord record,
            Message request,
            long timeoutNanos,
            RequestListener listener) {
        super(record.id(), request);
        this.context = context;
        this.table = table;
        this.observer = observer;
        this.record = record;
        this.timeoutNanos = timeoutNanos;
        this.listener = listener;
    }

    @Override
    public void connectEnded(@Nullable RequestFailure failure, long dialNanos, long identityNanos) {
        if (state != State.CONNECTING) return; // shut down meanwhile
        this.dialNanos = dialNanos;
        this.identityNanos = identityNanos;
        if (failure != null) {
            end(null, failure);
            return;
        }
        state = State.SENDING;
        new OutboundMessage(context, peer, request, this).begin();
    }

    /** Called when the frame is about to be passed to the endpoint. */
    void handingOver(int sizeBytes) {
        if (state != State.SENDING) return;
        state = State.AWAITING_REPLY;
        sentNanos = context.runtime().nowNanos();
        large = sizeBytes > SMALL_FRAME_BYTES;
        if (!large) table.arm(this, timeoutNanos);
    }

    @Override
    public boolean wantsAcknowledgement() {
        return large;
    }

    @Override
    public void acknowledged() {
        if (state == State.AWAITING_REPLY && large && ring == null) table.arm(this, timeoutNanos);
    }

    @Override
    public void sendFailed() {
        if (state != State.ENDED) end(null, context.isClosed() ? RequestFailure.SHUT_DOWN : RequestFailure.SEND_FAILED);
    }

    @Override
    void replied(Message reply) {
        if (state != State.AWAITING_REPLY) return;
        observer.count(Metric.REQUEST_REPLIES);
        observer.recordNanos(Metric.REPLY_LATENCY, context.runtime().nowNanos() - sentNanos);
        end(reply, null);
    }

    @Override
    void expired() {
        observer.countMessage(Metric.REQUEST_TIMEOUTS, request.kind());
        end(null, RequestFailure.REPLY_TIMED_OUT);
    }

    @Override
    void shutDown() {
        if (state != State.ENDED) end(null, RequestFailure.SHUT_DOWN);
    }

    /** Ends the request before it has begun. */
    void refuse(RequestFailure failure) {
        state = State.ENDED;
        listener.requestEnded(new RequestResult(record, null, failure, 0, 0, 0));
    }

    private void end(@Nullable Message reply, @Nullable RequestFailure failure) {
        long replyNanos = state == State.AWAITING_REPLY ? context.runtime().nowNanos() - sentNanos : 0;
        state = State.ENDED;
        table.end(this);
        listener.requestEnded(new RequestResult(record, reply, failure, dialNanos, identityNanos, replyNanos));
    }
}
