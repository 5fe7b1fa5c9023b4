package dev.kilonode.node.wire;

/** Thrown for bytes that are not a valid frame. Has no stack trace: such frames are counted, not debugged. */
public final class MalformedFrameException extends Exception {

    private final int offset;

    /**
     * @param offset offset in bytes of the first wrong byte
     * @param got what was read there
     * @param expected what was expected there
     */
    MalformedFrameException(int offset, String got, String expected) {
        super("byte " + offset + ": got " + got + ", expected " + expected, null, false, false);
        this.offset = offset;
    }

    /** Offset in bytes of the first wrong byte. */
    public int offset() {
        return offset;
    }
}
