package dev.kilonode.node.runtime;

/** What processors are asked to do; the cost model prices each kind with a base and a part per byte. */
public enum WorkKind {
    /** Sign one outbound message. */
    SIGN,
    /** Decode one inbound message and verify its signature. */
    VERIFY,
    /** Read one message from its connection and hand it to its shard. */
    RECEIVE,
    /** Handle one inbound message in the DHT, the store or the replication. */
    HANDLE,
    /** Hash and store a chunk, or cut and encrypt a file into chunks. */
    CHUNK,
    /** One cryptographic handshake of a new connection. */
    HANDSHAKE,
    /** Go through a routing table, entry by entry: 32 bytes for each entry looked at. */
    SCAN
}
