package dev.kilonode.benchmarks;

import dev.kilonode.benchmarks.PingPong.Link;
import dev.kilonode.node.identity.SignatureScheme;
import java.util.Locale;

/**
 * One measurement for {@code benchmarks/endpoints.sh} and {@code transport.sh}, in a JVM of its own, because what one side leaves behind
 * would burden the other. Prints connections a second, requests a second, and microseconds of processor time a request. Arguments: ours
 * or bare, link, nodes, connections each dials, requests under way, seconds; no second for connections only.
 */
final class EndpointBenchmark {

    public static void main(String[] arguments) throws Exception {
        Link link = Link.valueOf(arguments[1]);
        int nodes = Integer.parseInt(arguments[2]);
        int degree = Integer.parseInt(arguments[3]);
        double seconds = Double.parseDouble(arguments[5]);
        PingPong side;
        if (arguments[0].equals("ours")) side = new EndpointPingPong(link, nodes, degree, SignatureScheme.ED25519);
        else if (link == Link.QUIC) side = new BareQuic(nodes, degree, false);
        else side = new BareChannels(link, nodes, degree);
        side.listen();
        double connectedPerSecond = nodes * degree / side.connect();
        Rate rate = seconds == 0 ? Rate.NONE : side.load(Integer.parseInt(arguments[4]), seconds);
        System.out.println(
                String.format(Locale.ROOT, "%.0f %.0f %.1f", connectedPerSecond, rate.perSecond(), rate.cpuMicros()));
        System.out.flush();
        Runtime.getRuntime().halt(0); // all sockets with it
    }

    private EndpointBenchmark() {}
}
