package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.DurationRange;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The clients that upload: each upload is a fresh client with a new identity and its own host. */
public record Uploaders(
        @Setting("clients that upload side by side") int count,
        @Setting("where their hosts are") String region,
        @Setting("processor cores of a client's host") int cores,
        @Setting("what a client can send") Bandwidth up,
        @Setting("what a client can receive") Bandwidth down,
        @Setting("when the first upload starts") Duration startAfter,

        @Setting("time over which the first uploads of all clients are spread")
        Duration startSpread,

        @Setting(
                "open: uploads start when intended, however long others take; closed: the next starts after the last has ended")
        Arrival arrival,

        @Setting("closed arrival: pause between two uploads of a client")
        DurationRange think,

        @Setting("open arrival: intended time between two starts of a client")
        Duration every,

        @Setting("open arrival: starts that may wait behind a running upload; further ones are counted as missed")
        int maxQueued,

        @Setting("share of clients that go without closing their connections")
        Ratio abruptExit) {}
