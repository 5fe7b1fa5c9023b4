package dev.kilonode.node.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.kilonode.node.bench.EndpointPingPong.Link;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints, for each link, what our endpoints reach and what bare Netty reaches in the same run: first requests, with few nodes,
 * then connections, with many. Arguments: nodes for requests, requests under way, seconds, rounds, nodes for connections, links.
 */
final class EndpointBenchmark {

    private static final int DEGREE = 9;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    public static void main(String[] arguments) throws Exception {
        int nodes = Integer.parseInt(arguments[0]);
        int inFlight = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        int many = Integer.parseInt(arguments[4]);
        List<Link> links = Arrays.stream(arguments).skip(5).map(Link::valueOf).toList();
        print("%d processors; requests and replies of %d bytes", CORES, PingPong.REQUEST_BYTES);
        print("%d nodes x %d connections, %d requests under way, %.1f s each", nodes, DEGREE, inFlight, seconds);
        print(
                "%-8s %5s %12s %12s %7s %14s %14s",
                "link", "round", "requests/s", "bare", "ratio", "us cpu/request", "bare");
        for (Link link : links) {
            for (int round = 1; round <= rounds; round++) {
                PingPong.Result bare = run(new BarePingPong(link, nodes, DEGREE, CORES), inFlight, seconds);
                PingPong.Result ours = run(new EndpointPingPong(link, nodes, DEGREE, CORES), inFlight, seconds);
                print(
                        "%-8s %5d %12.0f %12.0f %7.2f %14.1f %14.1f",
                        link,
                        round,
                        ours.requestsPerSecond(),
                        bare.requestsPerSecond(),
                        ours.requestsPerSecond() / bare.requestsPerSecond(),
                        ours.cpuMicrosPerRequest(),
                        bare.cpuMicrosPerRequest());
            }
        }
        print("%d nodes x %d connections, until all are up", many, DEGREE);
        print("%-8s %14s %12s %7s", "link", "connections/s", "bare", "ratio");
        for (Link link : links) {
            PingPong.Result bare = run(new BarePingPong(link, many, DEGREE, CORES), 0, 0);
            PingPong.Result ours = run(new EndpointPingPong(link, many, DEGREE, CORES), 0, 0);
            print(
                    "%-8s %14.0f %12.0f %7.2f",
                    link,
                    ours.connectionsPerSecond(),
                    bare.connectionsPerSecond(),
                    ours.connectionsPerSecond() / bare.connectionsPerSecond());
        }
        System.exit(0); // whatever thread is left
    }

    private static PingPong.Result run(PingPong pingPong, int inFlight, double seconds) throws InterruptedException {
        try (pingPong) {
            return pingPong.measure(inFlight, seconds);
        }
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private EndpointBenchmark() {}
}
