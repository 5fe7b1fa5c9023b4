package dev.kilonode.simulator.run;

/** Exit codes of the process. The numbers are a contract: CI jobs rely on them. */
public enum ExitCode {
    PASS(0, 0),
    /** A check failed. */
    FAIL(1, 2),
    /** The command line or the scenario is wrong. */
    USAGE(2, 6),
    /** Too little data, or the tester itself was saturated. */
    INCONCLUSIVE(3, 1),
    /** Ports, memory, descriptors, disk. */
    ENVIRONMENT(4, 5),
    /** Digests of equal runs differ. */
    NONDETERMINISM(5, 4),
    /** A bug in Kilonode. */
    INTERNAL(70, 7),
    /** Ctrl-C, after a partial report. */
    INTERRUPTED(130, 3),
    /** SIGTERM, after a partial report. */
    TERMINATED(143, 3);

    private final int number;
    private final int rank;

    ExitCode(int number, int rank) {
        this.number = number;
        this.rank = rank;
    }

    public int number() {
        return number;
    }

    /**
     * The exit code with a number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ExitCode of(int number) {
        for (ExitCode code : values()) {
            if (code.number == number) return code;
        }
        throw new IllegalArgumentException("got exit code " + number + ", expected one of Kilonode's");
    }

    /** The one with the higher precedence: 70, 2, 4, 5, 130 or 143, 1, 3, 0, in this order. */
    public ExitCode or(ExitCode other) {
        return other.rank > rank ? other : this;
    }
}
