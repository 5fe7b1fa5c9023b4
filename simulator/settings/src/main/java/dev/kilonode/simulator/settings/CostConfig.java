package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import dev.kilonode.node.runtime.WorkKind;
import java.time.Duration;

/** The cost model: the prices of work on the processors of a virtual host. */
public record CostConfig(
        @Setting("sign one outbound message") WorkCost sign,

        @Setting("decode one inbound message and verify its signature")
        WorkCost verify,

        @Setting("read one message and pass it to its shard")
        WorkCost receive,

        @Setting("handle one message in the DHT, the store or the replication")
        WorkCost handle,

        @Setting("hash and store, or cut and encrypt") WorkCost chunk,
        @Setting("one cryptographic handshake") WorkCost handshake,

        @Setting("scan the routing table; 1 KiB is 32 entries")
        WorkCost scan,

        @Setting("delay until a woken task gets a thread, if a processor is free") @Range(min = "0s", max = "1h")
        Duration wakeUp,

        @Setting("processor time per datagram, sent or received, data or keep-alive") @Range(min = "0s", max = "1h")
        Duration perDatagram,

        @Setting("the endpoint's lock, taken by every registration")
        EndpointLockCost endpointLock,

        @Setting("tables that an endpoint keeps per address it has ever met")
        AddressHistoryCost sideTables,

        @Setting("lines written to the log for messages and registrations")
        LogCost logging) {

    /** The price of one kind of work. */
    public WorkCost of(WorkKind kind) {
        return switch (kind) {
            case SIGN -> sign;
            case VERIFY -> verify;
            case RECEIVE -> receive;
            case HANDLE -> handle;
            case CHUNK -> chunk;
            case HANDSHAKE -> handshake;
            case SCAN -> scan;
        };
    }
}
