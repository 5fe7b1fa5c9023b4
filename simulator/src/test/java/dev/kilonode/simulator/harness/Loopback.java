package dev.kilonode.simulator.harness;

/** Loopback addresses of this process: tests of another checkout on the same machine have others. */
final class Loopback {

    private Loopback() {}

    /** The first address of a block of 254, such as {@code 127.93.1.1}; runs that follow each other may share a block. */
    static String block(int number) {
        return "127." + (64 + ProcessHandle.current().pid() % 128) + "." + number + ".1";
    }
}
