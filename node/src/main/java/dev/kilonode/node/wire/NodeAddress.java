package dev.kilonode.node.wire;

/**
 * Network address of a node, which also names the channel to it: an IPv4 address and a port.
 *
 * @param ip the four bytes, big-endian
 * @param port 1 to 65535
 */
public record NodeAddress(int ip, int port) {

    @Override
    public int hashCode() {
        return (ip * 0x9E3779B9) ^ (port * 0x85EBCA6B);
    }

    @Override
    public String toString() {
        return (ip >>> 24) + "." + (ip >>> 16 & 255) + "." + (ip >>> 8 & 255) + "." + (ip & 255) + ":" + port;
    }
}
