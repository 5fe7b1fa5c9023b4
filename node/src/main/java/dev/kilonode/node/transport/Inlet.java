package dev.kilonode.node.transport;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.Envelope;

/** Where believed and recorded messages go. */
interface Inlet {
    void passed(Connection connection, Envelope envelope);
}
