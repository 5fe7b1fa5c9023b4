package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.Message;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One message's way out: find the peer's channel, sign, hand the frame to the endpoint, learn of a failure. All its
 * continuations are itself, so that it is all that a message allocates here.
 */
final class OutboundMessage implements Consumer<@Nullable Connection>, Work, Runnable, SendListener {

    enum State {
        FINDING_CHANNEL,
        SIGNING,
        HANDED_OVER,
        ENDED
    }

    private final TransportContext context;
    private final PeerId peer;
    private final Message message;
    private final @Nullable SendListener listener;
    private State state = State.FINDING_CHANNEL;
    private @Nullable Connection connection;
    private @Nullable Frame frame;
    private long unixSeconds;

    OutboundMessage(TransportContext context, PeerId peer, Message message, @Nullable SendListener listener) {
        this.context = context;
        this.peer = peer;
        this.message = message;
        this.listener = listener;
    }

    void begin() {
        context.registry().channelOf(peer, this);
    }

    @Override
    public void accept(@Nullable Connection found) {
        if (found == null || context.isClosed()) {
            fail();
            return;
        }
        connection = found;
        state = State.SIGNING;
        unixSeconds = context.runtime().unixSeconds();
        context.runtime().run(this, this);
    }

    @Override
    public WorkKind kind() {
        return WorkKind.SIGN;
    }

    @Override
    public long bytes() {
        return context.signer().sizeOf(message);
    }

    @Override
    public void compute() {
        frame = context.signer().seal(message, context.isClient(), unixSeconds);
    }

    /** Signed. */
    @Override
    public void run() {
        Connection to = connection;
        if (state != State.SIGNING || to == null) throw new IllegalStateException("signed while " + state);
        if (context.isClosed()) {
            fail();
            return;
        }
        if (frame == null) compute(); // a world that only charges for work leaves the making of the frame to us
        Frame sealed = frame;
        if (sealed == null) throw new IllegalStateException("sealed nothing");
        frame = null;
        state = State.HANDED_OVER;
        if (listener instanceof OutboundRequest call) call.handingOver(sealed.sizeBytes());
        context.endpoint().send(to, sealed, this);
    }

    @Override
    public void acknowledged() {
        if (state != State.HANDED_OVER) return;
        state = State.ENDED;
        if (listener != null) listener.acknowledged();
    }

    @Override
    public void sendFailed() {
        if (state != State.HANDED_OVER) return;
        Connection failed = connection;
        if (failed != null) context.channelFailed(failed);
        fail();
    }

    @Override
    public boolean wantsAcknowledgement() {
        return listener != null && listener.wantsAcknowledgement();
    }

    @Override
    public boolean triesElsewhere() {
        return listener != null;
    }

    private void fail() {
        state = State.ENDED;
        connection = null;
        if (listener != null) listener.sendFailed();
    }
}
