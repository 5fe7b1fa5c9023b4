package dev.kilonode.node.transport;

import dev.kilonode.node.observe.RefusalCause;

/** Thrown for a frame that was read and refused. Has no stack trace: refusals are counted, not debugged. */
public final class RefusedException extends Exception {

    private final RefusalCause refusal;

    public RefusedException(RefusalCause refusal, String message) {
        super(message, null, false, false);
        this.refusal = refusal;
    }

    public RefusalCause refusal() {
        return refusal;
    }
}
