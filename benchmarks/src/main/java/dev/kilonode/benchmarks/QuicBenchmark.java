package dev.kilonode.benchmarks;

import dev.kilonode.benchmarks.PingPong.Link;
import dev.kilonode.node.identity.SignatureScheme;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Kilonode's QUIC endpoints, or bare Netty QUIC: one side a process, started by {@code benchmarks/quic.sh}, which says what is printed.
 * Arguments: nodes, connections each dials, requests under way, seconds, signature scheme, and ours, bare or streams.
 */
final class QuicBenchmark {

    private static final int IDLE_MILLIS = 5_000;

    public static void main(String[] arguments) throws Exception {
        int nodes = Integer.parseInt(arguments[0]);
        int degree = Integer.parseInt(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        PingPong side = switch (arguments[5]) {
            case "ours" -> new EndpointPingPong(Link.QUIC, nodes, degree, SignatureScheme.named(arguments[4]));
            case "bare" -> new BareQuic(nodes, degree, false);
            default -> new BareQuic(nodes, degree, true);
        };
        side.listen();
        long cpu = ProcessCpu.nanos();
        double took = side.connect();
        double connections = nodes * degree;
        say("connections up", connections, "identities of both ends verified, if ours");
        say("seconds until all were up", took, "must be 25 at most");
        say("connections per second", connections / took, "");
        say("CPU ms per connection", (ProcessCpu.nanos() - cpu) / 1e6 / connections, "both ends");
        rest();
        Rate rate = side.load(inFlight, Double.parseDouble(arguments[3]));
        say("requests of 1 KiB per second", rate.perSecond(), inFlight + " in flight");
        say("CPU us per request", rate.cpuMicros(), "");
        if (side instanceof EndpointPingPong ours) say("frames not sent, or not acknowledged in time", ours.lost(), "");
        System.out.flush();
        Runtime.getRuntime().halt(0); // all connections with it
    }

    private static void rest() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        say("MB resident", statusKib("VmRSS") / 1024.0, "must be 1600 at most");
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        say("MB heap", heap / 1048576.0, "after three collections");
        say("threads", statusKib("Threads"), "must be 40 at most");
        long cpu = ProcessCpu.nanos();
        Thread.sleep(IDLE_MILLIS);
        say("cores idle", (ProcessCpu.nanos() - cpu) / 1e6 / IDLE_MILLIS, "must be 0.1 at most");
    }

    private static void say(String what, double value, String remark) {
        System.out.println(String.format(Locale.ROOT, "%-50s %12.2f  %s", what, value, remark));
    }

    private static double statusKib(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(field + ":")) return Double.parseDouble(line.replaceAll("[^0-9]", ""));
        }
        return Double.NaN;
    }

    private QuicBenchmark() {}
}
