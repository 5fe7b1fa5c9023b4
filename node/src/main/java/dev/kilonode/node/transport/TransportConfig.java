package dev.kilonode.node.transport;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The inbound pipeline and its bounds. */
public record TransportConfig(
        @Setting("registry design: single-consumer, lock-across-registration, scoped-locks, paired-locks, striped-maps,"
                + " at-handshake, or one of your own, see docs/plugins.md")
        String registry,

        @Setting("number of inbound queues that messages are spread over")
        int shards,

        @Setting("dispatch design, which queue takes a message: source-ip (by hash of its source's IP address),"
                + " source-address (of IP address and port), or one of your own, see docs/plugins.md")
        String dispatch,

        @Setting("slots of the queue before the dispatcher; divided by the shards it gives each shard's slots")
        int receiveCapacity,

        @Setting("least number of slots of a shard, whatever the division gives")
        int minShardCapacity,

        @Setting("largest frame that is read") Bytes maxFrame,

        @Setting("oldest time stamp that is believed, against replay")
        Duration replayWindow,

        @Setting("how far ahead a time stamp may be") Duration futureTolerance,
        @Setting("requests one node may have outstanding") int maxRequests,

        @Setting(
                "slots of the event queue between the shards and each handler; the oldest event is lost when it is full")
        int eventCapacity,

        @Setting("DHT messages one node handles at a time") int dhtHandlers,

        @Setting("chunk messages one node handles at a time")
        int chunkHandlers,

        @Setting("times a DHT message reads the peer map (canonical-id checks) before it is handled")
        int peerReadsPerDhtMessage,

        @Setting(
                "how long a frame that finds the receive queue full tries again before it is lost; 0s: it is lost at once")
        Duration receivePatience,

        @Setting(
                "slots of the queues before the receive queue that only pass pressure back, added to its own: one chain of"
                        + " queues holds as much as one queue of their sum")
        int upstreamSlots,

        @Setting("events of connections") ConnectionEventsConfig connectionEvents,

        @Setting("accepted connections before they are read")
        AcceptConfig accept) {}
