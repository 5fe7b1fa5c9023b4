package dev.kilonode.simulator.settings;

/**
 * A block of IPv4 addresses that hosts can have, such as {@code 10.1.0.0/24}.
 *
 * @param first its first address, big-endian
 * @param prefix the number of leading bits that its addresses share, 8 to 32
 */
public record AddressBlock(int first, int prefix) {

    private static final int SHORTEST = 8;

    public AddressBlock {
        String written = words(first) + "/" + prefix;
        if (prefix < SHORTEST || prefix > 32) {
            throw new IllegalArgumentException(
                    "got address block " + written + ", expected a prefix of 8 to 32 bits; write " + "10.1.0.0/24");
        }
        int mask = -1 << (32 - prefix);
        if ((first & mask) != first) {
            throw new IllegalArgumentException("got address block " + written + ", whose first address is "
                    + words(first & mask) + "; write " + words(first & mask) + "/" + prefix);
        }
        int top = first >>> 24;
        if (top == 0 || top >= 224) {
            throw new IllegalArgumentException("got address block " + written + ", whose addresses ("
                    + (top == 0 ? "this network" : top < 240 ? "multicast" : "reserved")
                    + ") no host can have; write a block that is routed to this machine, such as 10.1.0.0/24");
        }
    }

    /** @throws IllegalArgumentException if {@code cidr} is no block of addresses that hosts can have; the message says what to write */
    public static AddressBlock parse(String cidr) {
        if (!cidr.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}")) throw wrong(cidr);
        String[] parts = cidr.split("[./]");
        int ip = 0;
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) throw wrong(cidr);
            ip = ip << 8 | part;
        }
        return new AddressBlock(ip, Integer.parseInt(parts[4]));
    }

    private static IllegalArgumentException wrong(String cidr) {
        return new IllegalArgumentException(
                "got address block \"" + cidr + "\", expected addresses in CIDR notation; write 10.1.0.0/24");
    }

    /** The number of addresses for hosts: without the network and the broadcast address, which blocks of 31 and 32 bits do not have. */
    public int size() {
        return prefix >= 31 ? 1 << (32 - prefix) : (1 << (32 - prefix)) - 2;
    }

    /** The address of the host with this index in the block, from 0. */
    public int ip(int index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("got host " + index + ", expected one of the " + size() + " of " + this);
        }
        return first + index + (prefix >= 31 ? 0 : 1);
    }

    public boolean overlaps(AddressBlock other) {
        int mask = -1 << (32 - Math.min(prefix, other.prefix));
        return (first & mask) == (other.first & mask);
    }

    /** Whether its addresses stay on the machine. */
    public boolean isLoopback() {
        return first >>> 24 == 127;
    }

    @Override
    public String toString() {
        return words(first) + "/" + prefix;
    }

    private static String words(int ip) {
        return (ip >>> 24) + "." + (ip >>> 16 & 255) + "." + (ip >>> 8 & 255) + "." + (ip & 255);
    }
}
