package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.settings.HostAddresses;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;

/** Checks before a run that its endpoints can listen at their addresses. It opens and closes a socket for each. */
public final class PortCheck {

    private PortCheck() {}

    /**
     * Checks nodes at loopback addresses.
     *
     * @throws LinkException as {@link #check(LinkProvider, List)}
     */
    public static void check(LinkProvider link, String firstAddress, int hosts, int nodes, int firstPort) {
        HostAddresses addresses = HostAddresses.loopback(firstAddress);
        check(
                link,
                IntStream.range(0, nodes)
                        .mapToObj(node -> new NodeAddress(addresses.ip(node % hosts), firstPort + node / hosts))
                        .toList());
    }

    /**
     * @param nodes the addresses at which nodes of this process listen
     * @throws LinkException if the link is not available here, or if an address is in use or not this machine's; the message names the
     *     first such address and the remedy
     */
    public static void check(LinkProvider link, List<NodeAddress> nodes) {
        link.checkAvailable();
        if (link.sockets() == SocketKind.NONE) return;
        for (NodeAddress address : nodes) {
            try {
                listen(link.sockets(), address);
            } catch (IOException e) {
                throw new LinkException("cannot listen at " + address + ": " + e.getMessage() + remedy(address), e);
            }
        }
    }

    private static String remedy(NodeAddress address) {
        if (address.ip() >>> 24 == 127) {
            return "; another run or program has this port, or this system has no such loopback"
                    + " address: end the other, or write --set wall.first-address=127.64.0.1 (Linux), or"
                    + " --set wall.link=memory";
        }
        return "; another run or program has this port, or this machine does not have the addresses of its block: end the other,"
                + " or give the machine the whole block, such as by \"ip route add local CIDR dev lo\" (Linux)";
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
