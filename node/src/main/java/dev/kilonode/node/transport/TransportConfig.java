package dev.kilonode.node.transport;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The inbound pipeline and its bounds. */
public record TransportConfig(
        @Setting("registry design: single-consumer, lock-across-registration, scoped-locks, paired-locks, striped-maps,"
                + " at-handshake, or one of your own, see docs/plugins.md")
        @Range(min = "1", max = "100")
        String registry,

        @Setting("number of inbound queues that messages are spread over") @Range(min = "1", max = "1024")
        int shards,

        @Setting("dispatch design, which queue takes a message: source-ip (by hash of its source's IP address),"
                + " source-address (of IP address and port), or one of your own, see docs/plugins.md")
        @Range(min = "1", max = "100")
        String dispatch,

        @Setting("slots of the queue before the dispatcher; divided by the number of shards, the slots of each shard")
        @Range(min = "1", max = "10000000")
        int receiveCapacity,

        @Setting("least number of slots of a shard, whatever the division gives") @Range(min = "1", max = "10000000")
        int minShardCapacity,

        @Setting("largest frame that is read") @Range(min = "16KiB", max = "128MiB")
        Bytes maxFrame,

        @Setting("age beyond which a message is refused, against replay") @Range(min = "1s", max = "1000d")
        Duration replayWindow,

        @Setting("how far in the future a time stamp may be") @Range(min = "0s", max = "1000d")
        Duration futureTolerance,

        @Setting("most outstanding requests of one node") @Range(min = "1", max = "1000000")
        int maxRequests,

        @Setting("slots of the event queue between the shards and each handler; the oldest event is lost when it is"
                + " full")
        @Range(min = "1", max = "10000000")
        int eventCapacity,

        @Setting("DHT messages one node handles at a time") @Range(min = "1", max = "1000000")
        int dhtHandlers,

        @Setting("chunk messages one node handles at a time") @Range(min = "1", max = "1000000")
        int chunkHandlers,

        @Setting("times a DHT message reads the peer map (canonical-id checks) before it is handled")
        @Range(min = "0", max = "1000")
        int peerReadsPerDhtMessage,

        @Setting("how long a frame that finds the receive queue full tries again before it is lost; 0s: it is lost at"
                + " once")
        @Range(min = "0s", max = "1d")
        Duration receivePatience,

        @Setting("slots of the queues before the receive queue that only exert back pressure, added to its own: a chain"
                + " of queues holds as much as one queue with the sum of their slots")
        @Range(min = "0", max = "10000000")
        int upstreamSlots,

        @Setting("events of connections") ConnectionEventsConfig connectionEvents,

        @Setting("accepted connections before they are read")
        AcceptConfig accept) {}
