package dev.kilonode.node.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a dialler and who is dialled, and does not let their handshake come to its end. */
final class UdpRelay implements AutoCloseable {

    enum Manner {
        /** Swallows everything. */
        SILENT,
        /** Answers garbage. */
        GARBAGE,
        /** Once the other end has answered, swallows what the dialler says: it believes that all is well, and nobody confirms it. */
        UNCONFIRMED,
        /** Lets through what the dialler says, and nothing to it. */
        ONE_WAY
    }

    private static final long SEED = 20_261_130;

    private final DatagramSocket socket;
    private final InetSocketAddress target;
    private final Manner manner;
    private final AtomicInteger swallowed = new AtomicInteger();
    private final Semaphore news = new Semaphore(0);

    UdpRelay(NodeAddress at, NodeAddress target, Manner manner) throws IOException {
        socket = new DatagramSocket(SocketLoops.socketAddress(at));
        this.target = SocketLoops.socketAddress(target);
        this.manner = manner;
        Thread thread = new Thread(this::relay, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void relay() {
        byte[] bytes = new byte[2_000];
        Random random = new Random(SEED);
        SocketAddress dialler = null;
        boolean answered = false;
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                int length = packet.getLength();
                if (packet.getSocketAddress().equals(target)) {
                    answered = true;
                    if (manner == Manner.UNCONFIRMED) send(bytes, length, dialler);
                    continue;
                }
                dialler = packet.getSocketAddress();
                if (manner == Manner.ONE_WAY || manner == Manner.UNCONFIRMED && !answered) {
                    send(bytes, length, target);
                    continue;
                }
                swallowed.incrementAndGet();
                news.release();
                if (manner != Manner.GARBAGE) continue;
                // The head of what was sent, so that it is taken for QUIC's.
                for (int i = 30; i < length; i++) bytes[i] = (byte) random.nextInt();
                send(bytes, length, dialler);
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void send(byte[] bytes, int length, @Nullable SocketAddress to) throws IOException {
        if (to != null) socket.send(new DatagramPacket(bytes, length, to));
    }

    /** Datagrams of the dialler's that came no further. */
    int swallowed() {
        return swallowed.get();
    }

    /** Waits for the first of them. */
    void awaitSwallowed() throws InterruptedException {
        assertThat(news.tryAcquire(20, TimeUnit.SECONDS)).as("a datagram").isTrue();
    }

    @Override
    public void close() {
        socket.close();
    }
}
