package dev.kilonode.simulator.plugins;

/** A plugin that cannot be used, or that failed in a run: its author's to mend. The message says which, why, and what to do. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
