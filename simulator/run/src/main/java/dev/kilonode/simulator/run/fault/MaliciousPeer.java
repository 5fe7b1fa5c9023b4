package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import org.jspecify.annotations.Nullable;

/** A peer whose identity passes every handshake, without a node. It ignores all messages. */
public final class MaliciousPeer implements EndpointListener {

    private final NodeHandle place;
    private final MessageSigner signer;
    private boolean gone;

    public MaliciousPeer(NodeHandle place, MessageSigner signer) {
        this.place = place;
        this.signer = signer;
        place.endpoint().listen(this);
    }

    /** Sends {@code frame} to {@code target}. Dials first if there is no connection between the two. */
    void send(NodeAddress target, Frame frame) {
        if (gone) return;
        place.endpoint().dial(target, new DialListener() {
            @Override
            public void dialled(Connection connection) {
                if (!gone) place.endpoint().send(connection, frame, null);
            }

            @Override
            public void dialFailed(DialFailure failure) {}
        });
    }

    /** Signs {@code message} as a client does, and sends it. */
    void sign(NodeAddress target, Message message) {
        if (gone) return;
        Signing signing = new Signing(message, place.runtime().unixSeconds());
        place.runtime().run(signing, () -> send(target, signing.frame()));
    }

    /** Closes its connections with a close message. */
    void leave() {
        gone = true;
        place.endpoint().shutdown(false);
    }

    @Override
    public void connected(Connection connection) {}

    @Override
    public void received(Connection connection, Frame frame) {}

    @Override
    public void closed(Connection connection, CloseReason reason) {}

    /** One signature; it runs on a worker in wall time. */
    private final class Signing implements Work {

        private final Message message;
        private final long unixSeconds;
        private @Nullable Frame frame;

        Signing(Message message, long unixSeconds) {
            this.message = message;
            this.unixSeconds = unixSeconds;
        }

        @Override
        public WorkKind kind() {
            return WorkKind.SIGN;
        }

        @Override
        public long bytes() {
            return signer.sizeOf(message);
        }

        @Override
        public void compute() {
            frame = signer.seal(message, true, unixSeconds);
        }

        Frame frame() {
            if (frame == null) compute(); // a world that only simulates the cost has not computed it
            if (frame == null) throw new IllegalStateException("sealed nothing");
            return frame;
        }
    }
}
