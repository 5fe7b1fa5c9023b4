package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.List;

/** Kademlia's messages, on the topic {@code /dht/1.0.0}. */
public sealed interface DhtMessage extends Message {

    /** Asks for the peers closest to {@code target} that the receiver knows. */
    record FindNode(long requestId, PeerId target) implements DhtMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.FIND_NODE;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + PeerId.BYTES + WireSizes.SENDER_RECORD_BYTES;
        }
    }

    /** The closest peers known, nearest first, at most K. */
    record FindNodeReply(long requestId, List<PeerRecord> closest) implements DhtMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.FIND_NODE_REPLY;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + Short.BYTES + closest.size() * WireSizes.PEER_IN_REPLY_BYTES;
        }
    }

    /** Asks whether the receiver is alive. */
    record Ping(long requestId) implements DhtMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.PING;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES;
        }
    }

    /** Answers a {@link Ping}. */
    record Pong(long requestId) implements DhtMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.PONG;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES;
        }
    }

    /** Notice to a close neighbour (coordinator hints, address changes). It has no reply: this is open-loop load. */
    record Notify(PeerRecord subject) implements DhtMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.NOTIFY;
        }

        @Override
        public long requestId() {
            return 0;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.PEER_IN_REPLY_BYTES;
        }
    }
}
