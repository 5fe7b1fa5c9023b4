package dev.kilonode.simulator.wall;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WallConfig;
import java.time.Duration;

/** Converts the limits and time-outs of a scenario to link configurations. */
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
     * The configuration of one endpoint. A peer that does not read gets a receive queue of one byte, so that its first frame pauses reading
     * for ever: reading would resume at less than half the queue, which one byte never reaches.
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
