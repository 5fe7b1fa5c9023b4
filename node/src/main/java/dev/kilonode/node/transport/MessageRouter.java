package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.Topic;

/**
 * Routes verified and recorded messages: announces to the connections, replies to their requests, all others to the handler of their
 * topic.
 */
record MessageRouter(
        Connections connections, RequestTable requests, HandlerPool dht, HandlerPool chunk, HandlerPool replication) {

    void passed(Connection connection, Envelope envelope) {
        MessageKind kind = envelope.message().kind();
        if (kind.topic() == Topic.IDENTITY) connections.announced(connection);
        else if (kind.isReply()) requests.replied(envelope.from(), envelope.message());
        else pool(kind.topic()).offer(connection, envelope);
    }

    HandlerPool pool(Topic topic) {
        return switch (topic) {
            case DHT -> dht;
            case CHUNK -> chunk;
            case REPLICATION -> replication;
            case IDENTITY -> throw new IllegalArgumentException("identity announces have no handler");
        };
    }

    void shutdown() {
        dht.shutdown();
        chunk.shutdown();
        replication.shutdown();
    }

    boolean invariantsHold() {
        return dht.invariantsHold() && chunk.invariantsHold() && replication.invariantsHold();
    }
}
