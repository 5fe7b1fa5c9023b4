package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import org.jspecify.annotations.Nullable;

/** What the protocols above the transport see of it: messages between identified peers. On the node's thread. */
public interface Messenger {

    /** This node, as others are told of it. */
    PeerRecord self();

    /** Sets who handles requests and notices of {@code topic}; replies never come here. Once per topic. */
    void subscribe(Topic topic, MessageHandler handler);

    /** Adds one who is told of peers that come and go. */
    void addPeerListener(PeerListener listener);

    /** Makes sure that {@code peer} is connected and identified: dials and waits for its identity where needed. */
    void connect(PeerRecord peer, ConnectListener listener);

    /**
     * Sends a message to a peer that is connected; fails at once when it is not.
     *
     * @param listener told of acknowledgement or failure; null when the sender does not care
     */
    void send(PeerId peer, Message message, @Nullable SendListener listener);

    /**
     * Connects where needed, sends {@code request} and waits for the reply with its request id from that very peer.
     *
     * @param request a message with a request id from {@link #nextRequestId}
     * @param timeoutNanos how long to wait for the reply, counted from when the request has been sent
     */
    void request(PeerRecord peer, Message request, long timeoutNanos, RequestListener listener);

    /** Reads the map of connected peers so many times, one after another, each time waiting its turn for the lock. */
    void readPeers(int times, Runnable then);

    /** A request id not used before by this node; never 0. */
    long nextRequestId();
}
