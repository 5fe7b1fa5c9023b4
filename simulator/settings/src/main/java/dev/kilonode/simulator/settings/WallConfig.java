package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** How a run lives in wall time; without meaning in virtual time. */
public record WallConfig(
        @Setting("what carries frames: memory, tcp, tls, quic, or one of your own, see docs/plugins.md")
        @Range(min = "1", max = "100")
        String link,

        @Setting("threads that sign and verify") @Range(min = "1", max = "16")
        int workers,

        @Setting("threads on which nodes live and that drive their sockets; hosts are spread over them")
        @Range(min = "1", max = "16")
        int loops,

        @Setting("silence after which an end of a connection says that it still lives; 0s for never")
        @Range(min = "0s", max = "1000d")
        Duration keepAlive,

        @Setting("time between collections of the whole heap, so that jvm.heap is what is alive; 0s leaves them to the"
                + " JVM")
        @Range(min = "0s", max = "1000d")
        Duration collect,

        @Setting("whether frames wait for network.latency on top of what the link takes")
        boolean latency,

        @Setting("whether registrations wait for costs.endpoint-lock on top of what the endpoint takes")
        boolean endpointLock,

        @Setting("address of the first host; the others follow it, each with one of its own")
        @Range(min = "7", max = "15")
        String firstAddress) {

    /** What is wrong with the first address for that many hosts, and what to write; empty when nothing is. */
    public String wrongAddress(long hosts) {
        try {
            for (int host : new int[] {0, Math.toIntExact(hosts)}) LoopbackAddresses.ip(firstAddress, host);
            return "";
        } catch (IllegalArgumentException | ArithmeticException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
