package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import org.jspecify.annotations.Nullable;

/** Interface of the transport for the protocols above: messages between identified peers. On the node's thread. */
public interface Messenger {

    /** This node's id and address. */
    PeerRecord self();

    /** Sets the handler of requests and notices of {@code topic}; replies do not go to it. To be called once per topic. */
    void subscribe(Topic topic, MessageHandler handler);

    /** Adds a listener for peers that connect and disconnect. */
    void addPeerListener(PeerListener listener);

    /** Ensures that {@code peer} is connected and identified: dials and waits for its identity if needed. */
    void connect(PeerRecord peer, ConnectListener listener);

    /**
     * Sends a message to a connected peer; fails at once if it is not connected.
     *
     * @param listener called on acknowledgement or failure; may be null
     */
    void send(PeerId peer, Message message, @Nullable SendListener listener);

    /**
     * Connects if needed, sends {@code request} and waits for the reply with its request id from that peer.
     *
     * @param request a message with a request id from {@link #nextRequestId}
     * @param timeoutNanos how long to wait for the reply, counted from when the request has been sent
     */
    void request(PeerRecord peer, Message request, long timeoutNanos, RequestListener listener);

    /** Reads the map of connected peers {@code times} times, one after another; each read may wait for the lock. */
    void readPeers(int times, Runnable then);

    /** A request id that this node has not used before; never 0. */
    long nextRequestId();
}
