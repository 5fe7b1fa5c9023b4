package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.settings.LoopbackAddresses;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Checks before a run that its endpoints can listen at their addresses. It opens and closes a socket for each. */
public final class PortCheck {

    private PortCheck() {}

    /**
     * @throws LinkException if the link is not available here, or if an address is in use; the message names the first such address and the
     *     remedy
     */
    public static void check(LinkProvider link, String firstAddress, int hosts, int nodes, int firstPort) {
        link.checkAvailable();
        if (link.sockets() == SocketKind.NONE) return;
        for (int node = 0; node < nodes; node++) {
            NodeAddress address =
                    new NodeAddress(LoopbackAddresses.ip(firstAddress, node % hosts), firstPort + node / hosts);
            try {
                listen(link.sockets(), address);
            } catch (IOException e) {
                throw new LinkException(
                        "cannot listen at " + address + ": " + e.getMessage()
                                + "; another run or program has this port, or this system has no such loopback"
                                + " address: end the other, or write --set wall.first-address=127.64.0.1 (Linux), or"
                                + " --set wall.link=memory",
                        e);
            }
        }
    }

    private static void listen(SocketKind kind, NodeAddress address) throws IOException {
        byte[] ip = {
            (byte) (address.ip() >>> 24), (byte) (address.ip() >>> 16), (byte) (address.ip() >>> 8), (byte) address.ip()
        };
        InetSocketAddress at = new InetSocketAddress(InetAddress.getByAddress(ip), address.port());
        if (kind == SocketKind.UDP) {
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
