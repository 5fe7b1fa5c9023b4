package dev.kilonode.simulator.run.harness;

/** Chunks cannot be stored in the scenario's folder. The message names the folder, the cause and the remedy. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreException(String where, String why) {
        super("store.directory: cannot keep chunks in " + where + " (" + why
                + "); write --set store.directory=DIR with a folder that can be written to, or --set"
                + " store.medium=memory");
    }
}
