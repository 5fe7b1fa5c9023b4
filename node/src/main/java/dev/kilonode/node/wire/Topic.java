package dev.kilonode.node.wire;

/** The protocol of a message, with its name on the wire. */
public enum Topic {
    IDENTITY("/saorsa/identity/1.0"),
    DHT("/dht/1.0.0"),
    CHUNK("autonomi.ant.chunk.v1"),
    REPLICATION("/rr/autonomi.ant.replication.v1");

    private final String wireName;

    Topic(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
