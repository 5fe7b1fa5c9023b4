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
 * Sends one message: finds the peer's channel, signs, passes the frame to the endpoint, handles a failure. It is its own continuation for
 * all steps, so that a message allocates nothing else here.
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

    /** Called when the message has been signed. */
    @Override
    public void run() {
        Connection to = connection;
        if (state != State.SIGNING || to == null) throw new IllegalStateException("signed while " + state);
        if (context.isClosed()) {
            fail();
            return;
        }
        if (frame == null) compute(); // in a world that only charges for work, the frame is made here
        Frame signed = frame;
        if (signed == null) throw new IllegalStateException("no frame was made");
        frame = null;
        state = State.HANDED_OVER;
        if (listener instanceof OutboundRequest call) call.handingOver(signed.sizeBytes());
        context.endpoint().send(to, signed, this);
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
