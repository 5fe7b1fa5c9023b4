package dev.kilonode.node.observe;

/** The registry's locks. */
public enum LockName {
    PEERS,
    CHANNELS,
    USER_AGENTS;

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
