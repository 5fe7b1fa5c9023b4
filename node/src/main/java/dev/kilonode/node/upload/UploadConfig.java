package dev.kilonode.node.upload;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The upload client, as released with the network studied. */
public record UploadConfig(
        @Setting("size of one uploaded file") Bytes fileSize,
        @Setting("largest piece a file is cut into") Bytes chunkSize,
        @Setting("chunks quoted at the same time") int concurrentQuotes,
        @Setting("chunks stored at the same time") int concurrentStores,
        @Setting("closest peers looked up for a chunk") int lookupCount,
        @Setting("peers asked for a quote, all at once") int quotePeers,

        @Setting("closest answers kept of the quotes; fewer fail the chunk's attempt")
        int quotesNeeded,

        @Setting("how long to wait for one quote, once the request has been sent")
        Duration quoteTimeout,

        @Setting("how long to wait for all quotes of a chunk")
        Duration quoteDeadline,

        @Setting("time a payment takes, once for each wave of chunks")
        Duration payment,

        @Setting("chunks paid for together") int waveSize,
        @Setting("nodes that must hold a chunk") int storesNeeded,

        @Setting("how long to wait for one store's answer, once the chunk has been sent")
        Duration storeTimeout,

        @Setting("attempts at a chunk before the upload fails")
        int rounds,

        @Setting("pause before the second attempt; doubled before each further one")
        Duration retryPause) {}
