package dev.kilonode.node.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Requests and replies of 1 KiB over many connections between many nodes, so many under way at any time. */
abstract class PingPong {

    static final int REQUEST_BYTES = 1024;
    static final int PORT = 7000;

    final int nodes;
    final int degree;
    final LongAdder replies = new LongAdder();
    final CountDownLatch connections;

    PingPong(int nodes, int degree) {
        this.nodes = nodes;
        this.degree = degree;
        connections = new CountDownLatch(nodes * degree);
    }

    abstract void listen();

    /** Connects node {@code from} with {@code to}, and counts {@link #connections} down when it is done. */
    abstract void connect(int from, int to);

    /** Sends the first request on each connection; each reply sends the next on its own. */
    abstract void start(int inFlight);

    /** Ends the measurement: what comes after the first failure says nothing. */
    static void failed(String what) {
        System.err.println("endpoints benchmark: " + what);
        Runtime.getRuntime().halt(70);
    }

    record Result(double connectionsPerSecond, double requestsPerSecond, double cpuMicrosPerRequest) {}

    final Result measure(int inFlight, double seconds) throws InterruptedException {
        listen();
        long begin = System.nanoTime();
        for (int hop = 1; hop <= degree; hop++) {
            for (int from = 0; from < nodes; from++) connect(from, (from + hop) % nodes);
        }
        if (!connections.await(120, TimeUnit.SECONDS)) {
            failed(connections.getCount() + " connections did not come up");
        }
        double connected = nodes * degree / ((System.nanoTime() - begin) / 1e9);
        if (seconds == 0) return new Result(connected, 0, 0);
        start(inFlight);
        Thread.sleep((long) (seconds * 1000)); // warms up
        long before = replies.sum();
        long cpu = EndpointBenchmark.cpuNanos();
        long from = System.nanoTime();
        Thread.sleep((long) (seconds * 1000));
        long done = replies.sum() - before;
        double took = (System.nanoTime() - from) / 1e9;
        return new Result(connected, done / took, (EndpointBenchmark.cpuNanos() - cpu) / 1e3 / Math.max(1, done));
    }

    /** 127.78.x.y. */
    static int ip(int node) {
        return 127 << 24 | 78 << 16 | node / 250 << 8 | node % 250 + 1;
    }
}
