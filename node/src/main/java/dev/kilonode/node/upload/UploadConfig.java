package dev.kilonode.node.upload;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The upload client, as released with the network studied. */
public record UploadConfig(
        @Setting("size of one uploaded file") @Range(min = "1B", max = "10TB")
        Bytes fileSize,

        @Setting("largest piece a file is cut into") @Range(min = "1KiB", max = "4MiB")
        Bytes chunkSize,

        @Setting("chunks quoted at the same time") @Range(min = "1", max = "10000")
        int concurrentQuotes,

        @Setting("chunks stored at the same time") @Range(min = "1", max = "10000")
        int concurrentStores,

        @Setting("closest peers looked up for a chunk") @Range(min = "1", max = "1024")
        int lookupCount,

        @Setting("peers asked for a quote, all at once") @Range(min = "1", max = "1024")
        int quotePeers,

        @Setting("closest quotes that are kept; with fewer, the attempt at the chunk fails")
        @Range(min = "1", max = "1024")
        int quotesNeeded,

        @Setting("how long to wait for one quote, once the request has been sent") @Range(min = "1ms", max = "1d")
        Duration quoteTimeout,

        @Setting("how long to wait for all quotes of a chunk") @Range(min = "1ms", max = "1d")
        Duration quoteDeadline,

        @Setting("time a payment takes, once for each wave of chunks") @Range(min = "0s", max = "1d")
        Duration payment,

        @Setting("chunks paid for together") @Range(min = "1", max = "1000000")
        int waveSize,

        @Setting("nodes that must hold a chunk") @Range(min = "1", max = "1024")
        int storesNeeded,

        @Setting("how long to wait for one store's answer, once the chunk has been sent")
        @Range(min = "1ms", max = "1d")
        Duration storeTimeout,

        @Setting("attempts at a chunk before the upload fails") @Range(min = "1", max = "20")
        int rounds,

        @Setting("pause before the second attempt; doubled before each further one") @Range(min = "1ms", max = "1h")
        Duration retryPause) {}
