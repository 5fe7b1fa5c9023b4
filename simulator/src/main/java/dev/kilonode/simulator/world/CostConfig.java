package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The cost model: what work takes on a host whose cores are idle. */
public record CostConfig(
        @Setting("signing one message") Price sign,

        @Setting("verifying the signature of one message, in its shard")
        Price verify,

        @Setting("all else a received message takes: reading, decoding, copying")
        Price receive,

        @Setting("handling one DHT message") Price handle,
        @Setting("handling one chunk message") Price chunk,

        @Setting("one side of the handshake of a connection")
        Price handshake,

        @Setting("delay between the release of a lock and the run of the task that waited for it")
        Duration wakeUp,

        @Setting("processor time of one datagram, in or out")
        Duration perDatagram,

        @Setting("telling the endpoint which peer a connection belongs to")
        EndpointLockCost endpointLock) {}
