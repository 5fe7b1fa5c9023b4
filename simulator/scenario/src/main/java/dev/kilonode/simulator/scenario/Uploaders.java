package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.DurationRange;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The clients that upload: each upload is a new client with a new identity and its own host. */
public record Uploaders(
        @Setting("number of clients that upload at the same time") @Range(min = "0", max = "1000000")
        int count,

        @Setting("region of their hosts") @Range(min = "1", max = "100")
        String region,

        @Setting("processor cores of a client's host") @Range(min = "1", max = "1024")
        int cores,

        @Setting("bandwidth of a client's uplink") @Range(min = "1kbps", max = "1TB/s")
        Bandwidth up,

        @Setting("bandwidth of a client's downlink") @Range(min = "1kbps", max = "1TB/s")
        Bandwidth down,

        @Setting("when the first upload starts") @Range(min = "0s", max = "1000d")
        Duration startAfter,

        @Setting("time over which the first uploads of all clients are spread") @Range(min = "0s", max = "1000d")
        Duration startSpread,

        @Setting("open: uploads start at planned times, however long others take; closed: the next starts after the"
                + " previous ended")
        Arrival arrival,

        @Setting("closed arrival: pause between two uploads of a client") @Range(min = "1ms", max = "1000d")
        DurationRange think,

        @Setting("open arrival: planned time between two starts of a client") @Range(min = "1ms", max = "1000d")
        Duration every,

        @Setting("open arrival: starts that may wait behind a running upload; further ones are counted as missed")
        @Range(min = "0", max = "1000000")
        int maxQueued,

        @Setting("share of clients that stop without closing their connections") @Range(min = "0%", max = "100%")
        Ratio abruptExit) {}
