package dev.kilonode.benchmarks;

import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests and replies of 1 KiB among many nodes, each of which dials as many others, drawn at random, with 256 dials under way at most.
 * So many requests are under way at any time, and each next one goes on a connection drawn at random.
 */
abstract class PingPong {

    enum Link {
        MEMORY,
        TCP,
        TLS,
        QUIC
    }

    static final int REQUEST_BYTES = 1024;
    static final int PORT = 7000;

    /** Threads that drive channels, as in a run. */
    static final int LOOPS = 2;

    private static final int MOST_DIALS = 256;
    private static final int TIMEOUT_SECONDS = 120;

    final int nodes;
    final int degree;
    final LongAdder replies = new LongAdder();
    private final Semaphore dials = new Semaphore(MOST_DIALS);

    /** @param degree connections that each node dials; at most half of the other nodes */
    PingPong(int nodes, int degree) {
        if (nodes <= 2 * degree) throw new IllegalArgumentException(nodes + " nodes are too few to dial " + degree);
        this.nodes = nodes;
        this.degree = degree;
    }

    abstract void listen() throws Exception;

    /** Connects node {@code from} with {@code to}, and calls {@link #connected} when it is done. */
    abstract void connect(int from, int to);

    /** Sends a request on a connection drawn at random; its reply sends the next. Any thread. */
    abstract void ask();

    /** A connection is up, and another may be dialled. Any thread. */
    final void connected() {
        dials.release();
    }

    /** Ends the measurement: what comes after the first failure says nothing. */
    static void failed(String what) {
        System.err.println("endpoints benchmark: " + what);
        Runtime.getRuntime().halt(70);
    }

    /** @return seconds until all connections were up */
    final double connect() throws InterruptedException {
        Random random = new Random(1);
        long begin = System.nanoTime();
        for (int from = 0; from < nodes; from++) {
            // half of the ring ahead, so that no two dial each other
            int[] hops =
                    random.ints(1, (nodes + 1) / 2).distinct().limit(degree).toArray();
            for (int hop : hops) {
                await(1);
                connect(from, (from + hop) % nodes);
            }
        }
        await(MOST_DIALS);
        return (System.nanoTime() - begin) / 1e9;
    }

    private void await(int places) throws InterruptedException {
        if (!dials.tryAcquire(places, TIMEOUT_SECONDS, TimeUnit.SECONDS)) failed("connections did not come up");
    }

    /** What is carried once all are connected, after a warm-up of the same length. */
    final Rate load(int inFlight, double seconds) throws InterruptedException {
        for (int i = 0; i < inFlight; i++) ask();
        return Rate.measure(replies::sum, () -> Thread.sleep((long) (seconds * 1000)));
    }

    /** 127.78.x.y. */
    static int ip(int node) {
        return 127 << 24 | 78 << 16 | node / 250 << 8 | node % 250 + 1;
    }
}
