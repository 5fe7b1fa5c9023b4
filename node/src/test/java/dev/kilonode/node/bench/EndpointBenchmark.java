package dev.kilonode.node.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.kilonode.node.bench.EndpointPingPong.Link;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * One measurement for {@code benchmarks/endpoints.sh}, in a JVM of its own, because what one side leaves behind would burden the other.
 * Prints connections a second, requests a second, and microseconds of processor time a request. Arguments: ours or bare, link, nodes,
 * requests under way, seconds; no second for connections only.
 */
final class EndpointBenchmark {

    private static final int DEGREE = 9;

    public static void main(String[] arguments) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Link link = Link.valueOf(arguments[1]);
        int nodes = Integer.parseInt(arguments[2]);
        PingPong side = arguments[0].equals("ours")
                ? new EndpointPingPong(link, nodes, DEGREE, cores)
                : new BarePingPong(link, nodes, DEGREE, cores);
        PingPong.Result result = side.measure(Integer.parseInt(arguments[3]), Double.parseDouble(arguments[4]));
        System.out.println(String.format(
                Locale.ROOT,
                "%.0f %.0f %.1f",
                result.connectionsPerSecond(),
                result.requestsPerSecond(),
                result.cpuMicrosPerRequest()));
        System.out.flush();
        Runtime.getRuntime().halt(0); // all sockets with it
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private EndpointBenchmark() {}
}
