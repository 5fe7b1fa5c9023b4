package dev.kilonode.simulator.kernel.virtual;

/** The error of a change that cannot apply to what is under way, because the world has kept no record of it. */
final class UnexpectedChange {

    private UnexpectedChange() {}

    static IllegalStateException of(String what) {
        return new IllegalStateException("got a change of " + what
                + " in a world that expects none; call expectHostChanges() before the first" + " host is added");
    }
}
