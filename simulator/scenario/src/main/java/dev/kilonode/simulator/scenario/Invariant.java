package dev.kilonode.simulator.scenario;

/**
 * A condition that holds at any time in a correct node, apart from work under way, whatever the load. Violations are reported by these
 * names. The accounts of queues and locks are not among them: if they do not balance, Kilonode has a bug and the run ends.
 */
public enum Invariant {
    PEERS_HAVE_CONNECTIONS(
            true,
            "every peer that a node counts as connected has an open connection",
            "requests to the peer fail, and the node dials it no more until a send fails"),
    CHANNELS_HAVE_CONNECTIONS(
            true,
            "every channel of the channel map has an open connection",
            "the entry stays until the node restarts, and a later connection of that address inherits its peers"),
    REGISTRY_MAPS_MIRROR(
            true,
            "the peer map and the channel map list the same pairs of peer and channel",
            "a removal finds only one of the entries, and the other one stays"),
    PEER_EVENTS_PAIRED(
            true,
            "each PeerConnected has its PeerDisconnected, and none is spurious",
            "the protocols above keep a peer that is gone, or miss one that is there"),
    PEER_COUNT_AGREES(
            true,
            "the number of peers that a node gives is that of the peers in its map, and at most that of its connections",
            "what the node answers about its connections is wrong"),
    CONNECTIONS_RELEASED(
            false,
            "a connection that is closed, or whose other end has been gone for twice the idle time-out, leaves the table of"
                    + " the endpoint",
            "the table grows, and with it the cost of each registration"),
    REQUESTS_END(
            false,
            "each request ends with a reply or a failure",
            "its caller waits for ever, and the table of requests fills up"),
    LOCK_WAITERS_SERVED(
            false,
            "a lock with waiters is granted to the next one in time",
            "every message of the node waits behind this lock"),
    TIMERS_RELEASED(
            false,
            "the number of timers is bounded by the work under way, and a stopped node starts none",
            "memory and processor time are lost for work that has ended"),
    UPLOADS_END(false, "each upload makes requests until it ends", "its user waits for ever"),
    CHUNKS_READABLE(
            false,
            "a chunk that its quorum has acknowledged is held by a node",
            "a file that was paid for cannot be read");

    private final boolean readsRegistry;
    private final String rule;
    private final String consequence;

    Invariant(boolean readsRegistry, String rule, String consequence) {
        this.readsRegistry = readsRegistry;
        this.rule = rule;
        this.consequence = consequence;
    }

    /** The name in scenario files and results, such as {@code peers-have-connections}. */
    public String label() {
        return Keys.of(this);
    }

    /** Whether only a registry that can be enumerated shows it. */
    public boolean readsRegistry() {
        return readsRegistry;
    }

    /** What holds, as a clause. */
    public String rule() {
        return rule;
    }

    /** What a violation means to a user, as a clause. */
    public String consequence() {
        return consequence;
    }
}
