package dev.kilonode.simulator.run.harness;

/** Loopback addresses for the runs of tests in wall time, so that two builds on one machine do not meet. */
final class Loopback {

    private static final int FIRST_BLOCK = 64;
    private static final int BLOCKS = 60;
    private static final int PER_BLOCK = 250;

    private Loopback() {}

    /** The first of this process's own. */
    static String first() {
        long process = ProcessHandle.current().pid();
        return "127." + (FIRST_BLOCK + process / PER_BLOCK % BLOCKS) + "." + process % PER_BLOCK + ".1";
    }
}
