package dev.kilonode.reports.run;

import java.io.IOException;

/** Thrown for a folder that holds no run, or no readable one. The message names the folder, what is wrong, and what was expected. */
public final class UnreadableRunException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableRunException(String message) {
        super(message);
    }
}
