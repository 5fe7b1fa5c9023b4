package dev.kilonode.simulator.plugins;

/** A plugin cannot be used, or failed in a run; its author has to fix it. The message says which, why, and what to do. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
