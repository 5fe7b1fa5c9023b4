package dev.kilonode.reports.run;

import java.io.IOException;

/** A folder that holds no run, or none that can be read; the message says which folder, what is wrong, and what was expected. */
public final class UnreadableRunException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableRunException(String message) {
        super(message);
    }
}
