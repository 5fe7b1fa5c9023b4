package dev.kilonode.simulator.run.harness;

/** Loopback addresses for test runs in wall time, chosen so that two builds on one machine do not collide. */
final class Loopback {

    private static final int FIRST_BLOCK = 64;
    private static final int BLOCKS = 60;
    private static final int PER_BLOCK = 250;

    private Loopback() {}

    /** The first address for this process. */
    static String first() {
        long process = ProcessHandle.current().pid();
        return "127." + (FIRST_BLOCK + process / PER_BLOCK % BLOCKS) + "." + process % PER_BLOCK + ".1";
    }
}
