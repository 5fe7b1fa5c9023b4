package dev.kilonode.node.runtime;

/** Kinds of work. The cost model prices each with a base and a part per byte. */
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
    /** Scan a routing table: 32 bytes per entry read. */
    SCAN
}
