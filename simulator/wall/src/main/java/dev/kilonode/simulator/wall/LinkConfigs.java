package dev.kilonode.simulator.wall;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WallConfig;
import java.time.Duration;

/** The limits and time-outs of endpoints, from those of a scenario. */
final class LinkConfigs {

    private LinkConfigs() {}

    static LinkConfig of(WallConfig config, NetworkConfig network, long maxFrameBytes) {
        return new LinkConfig(
                network.dialTimeout(),
                network.keepsDeadConnections() ? Duration.ZERO : network.idleTimeout(),
                config.keepAlive(),
                LinkConfig.DEFAULT.sendTimeout(),
                new Bytes(maxFrameBytes),
                LinkConfig.DEFAULT.sendQueue(),
                LinkConfig.DEFAULT.receiveQueue());
    }

    /**
     * The configuration of one endpoint. A deaf peer gets a receive queue of one byte, so that its first frame pauses its reading for
     * ever: reading would resume when the queue is half empty, which half of one byte never is.
     */
    static LinkConfig of(NodeSpec spec, LinkConfig all) {
        if (spec.reads()) return all;
        return new LinkConfig(
                all.dialTimeout(),
                all.idleTimeout(),
                all.keepAlive(),
                all.sendTimeout(),
                all.maxFrame(),
                all.sendQueue(),
                new Bytes(1));
    }
}
