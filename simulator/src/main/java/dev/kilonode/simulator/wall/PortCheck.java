package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.quic.QuicUnavailableException;
import dev.kilonode.node.wire.NodeAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks whether addresses can be listened at, before anything depends on it. Opens and closes a socket for each. */
public final class PortCheck {

    private PortCheck() {}

    /** @throws LinkException naming the first address that cannot be had, and what to do */
    public static void check(LinkKind link, String firstAddress, int hosts, int nodes, int firstPort) {
        if (link == LinkKind.MEMORY) return;
        if (link == LinkKind.QUIC) quic();
        for (int node = 0; node < nodes; node++) {
            NodeAddress address = new NodeAddress(Addresses.ip(firstAddress, node % hosts), firstPort + node / hosts);
            try {
                listen(link, address);
            } catch (IOException e) {
                throw new LinkException(
                        "cannot listen at " + address + ": " + e.getMessage()
                                + "; another run or program has this port, or this system has no such loopback address:"
                                + " end the other, or write --set wall.first-address=127.64.0.1 (Linux), or --set wall.link=memory",
                        e);
            }
        }
    }

    /** @throws LinkException when QUIC's native library is not there for this platform */
    public static void quic() {
        try {
            QuicUnavailableException.check();
        } catch (QuicUnavailableException e) {
            throw new LinkException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void listen(LinkKind link, NodeAddress address) throws IOException {
        byte[] ip = {
            (byte) (address.ip() >>> 24), (byte) (address.ip() >>> 16), (byte) (address.ip() >>> 8), (byte) address.ip()
        };
        InetSocketAddress at = new InetSocketAddress(InetAddress.getByAddress(ip), address.port());
        if (link == LinkKind.QUIC) {
            DatagramSocket socket = new DatagramSocket(at);
            socket.close();
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(at);
        }
    }
}
