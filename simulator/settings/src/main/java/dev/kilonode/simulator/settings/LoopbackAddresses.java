package dev.kilonode.simulator.settings;

/** Loopback addresses of hosts: one per host, in the order of the hosts, skipping those that end in 0 or 255. */
public final class LoopbackAddresses {

    private static final int PER_BLOCK = 254;

    private LoopbackAddresses() {}

    /**
     * The address of a host.
     *
     * @param first address of host 0, such as {@code 127.1.0.1}
     * @param number index of the host, from 0
     * @return the four bytes, big-endian
     * @throws IllegalArgumentException if {@code first} is not an address in 127/8, or the host's address lies beyond
     */
    public static int ip(String first, int number) {
        String[] parts = first.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) throw wrong(first);
        int ip = 0;
        for (String part : parts) {
            if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) throw wrong(first);
            ip = ip << 8 | Integer.parseInt(part);
        }
        int last = Math.max(1, Math.min(ip & 255, PER_BLOCK)) - 1 + number;
        int address = (ip & ~255) + (last / PER_BLOCK << 8) + last % PER_BLOCK + 1;
        if (address >>> 24 != 127) throw wrong(first);
        return address;
    }

    private static IllegalArgumentException wrong(String first) {
        return new IllegalArgumentException(
                "got \"" + first + "\", expected a loopback address with room for all hosts; write 127.1.0.1");
    }
}
