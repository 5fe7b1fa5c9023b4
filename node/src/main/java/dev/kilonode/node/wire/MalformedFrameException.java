package dev.kilonode.node.wire;

/** Bytes that are no frame. Carries no stack trace: such frames are counted, not debugged. */
public final class MalformedFrameException extends Exception {

    private final int offset;

    /**
     * @param offset of the byte from which on the frame is wrong, from its start
     * @param got what was read there
     * @param expected what should have been
     */
    MalformedFrameException(int offset, String got, String expected) {
        super("byte " + offset + ": got " + got + ", expected " + expected, null, false, false);
        this.offset = offset;
    }

    /** Where the frame is wrong, in bytes from its start. */
    public int offset() {
        return offset;
    }
}
