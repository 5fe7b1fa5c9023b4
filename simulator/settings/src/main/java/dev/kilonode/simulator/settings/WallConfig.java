package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Settings of runs in wall time; ignored in virtual time. */
public record WallConfig(
        @Setting("transport protocol: memory, tcp, tls, quic, or one of your own, see docs/plugins.md")
        @Range(min = "1", max = "100")
        String link,

        @Setting("threads that sign and verify") @Range(min = "1", max = "16")
        int workers,

        @Setting("event loop threads, which run the nodes and their sockets; hosts are spread over them")
        @Range(min = "1", max = "16")
        int loops,

        @Setting("time without traffic after which an end of a connection sends a keep-alive; 0s: never")
        @Range(min = "0s", max = "1000d")
        Duration keepAlive,

        @Setting("time between full garbage collections, so that jvm.heap is the live heap; 0s leaves them to the JVM")
        @Range(min = "0s", max = "1000d")
        Duration collect,

        @Setting("whether frames are delayed by network.latency in addition to the time of the link")
        boolean latency,

        @Setting("whether registrations are delayed by costs.endpoint-lock in addition to the time of the endpoint")
        boolean endpointLock,

        @Setting("time from when a lock or a yield lets a task go on until it runs; some seconds provoke races between"
                + " tasks, as costs.wake-up does in virtual time")
        @Range(min = "0s", max = "1h")
        Duration wakeUp,

        @Setting("address of the first host; each further host has the next address") @Range(min = "7", max = "15")
        String firstAddress) {

    /** What is wrong with the first address for {@code hosts} hosts, and what to write; empty if nothing is. */
    public String wrongAddress(long hosts) {
        try {
            for (int host : new int[] {0, Math.toIntExact(hosts)}) LoopbackAddresses.ip(firstAddress, host);
            return "";
        } catch (IllegalArgumentException | ArithmeticException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
