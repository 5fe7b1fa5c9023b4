package dev.kilonode.node.replication;

import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Fresh replication: what a node does with a chunk that a client just stored on it. */
public record ReplicationConfig(
        @Setting("peers closest to a chunk that are offered a full copy; 0 turns it off")
        int copies,

        @Setting("full copies one node sends at a time") int concurrentCopies,

        @Setting("full copies that may wait to be sent; further ones are given up and counted")
        int copyQueue,

        @Setting("peers closest to a chunk that are told of its payment; 0 turns it off")
        int paidNotifies,

        @Setting("how long to wait for the answer to an offer")
        Duration offerTimeout) {}
