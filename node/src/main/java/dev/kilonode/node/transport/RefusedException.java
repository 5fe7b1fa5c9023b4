package dev.kilonode.node.transport;

import dev.kilonode.node.observe.RefusalCause;

/** A frame that was read and not believed. Carries no stack trace: refusals are counted, not debugged. */
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
