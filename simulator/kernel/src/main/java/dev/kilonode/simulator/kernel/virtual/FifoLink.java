package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;

/** One direction of a host's link for small frames: first in, first out. */
final class FifoLink {

    private final double nanosPerByte;
    private double factor = 1;
    private boolean changed;
    private long freeAtNanos;

    /** Transmission time of all frames so far, past and future. */
    private long takenNanos;

    private long acceptedBytes;
    private long passedBytes;

    FifoLink(double bytesPerSecond) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
    }

    /** Transmission time of {@code bytes} bytes at the present bandwidth. */
    long spanNanos(int bytes) {
        return (long) (bytes * nanosPerByte / factor);
    }

    /**
     * The time after the arrival of its first byte at which a frame calls {@link #pass}: its transmission time, which saves an event if the
     * link is free; nothing once the bandwidth has changed, as the transmission time may change meanwhile.
     */
    long spanBeforePassNanos(int bytes) {
        return changed ? 0 : spanNanos(bytes);
    }

    /** Enqueues a frame of {@code bytes} bytes that is ready at {@code readyNanos}. Returns the time at which its last byte has passed. */
    long pass(long readyNanos, int bytes) {
        acceptedBytes += bytes;
        long span = spanNanos(bytes);
        takenNanos += span;
        freeAtNanos = Engine.after(Math.max(readyNanos, freeAtNanos), span);
        return freeAtNanos;
    }

    /** Whether the bandwidth has ever changed. */
    boolean hasChanged() {
        return changed;
    }

    /** Changes the bandwidth, also for waiting frames. The caller moves their times by {@link #moved}. */
    void setFactor(long nowNanos, double factor) {
        long free = moved(nowNanos, freeAtNanos, this.factor / factor);
        takenNanos += free - freeAtNanos;
        freeAtNanos = free;
        this.factor = factor;
        changed = true;
    }

    /**
     * The time at which a byte passes after a change of bandwidth.
     *
     * @param atNanos the time before the change
     * @param ratio the bandwidth before, divided by that after
     */
    static long moved(long nowNanos, long atNanos, double ratio) {
        return atNanos <= nowNanos ? atNanos : Engine.after(nowNanos, (long) Math.ceil((atNanos - nowNanos) * ratio));
    }

    /** When the last waiting frame has passed, or a time in the past. */
    long freeAtNanos() {
        return freeAtNanos;
    }

    /** Time that the link has been busy up to now. */
    long busyNanos(long nowNanos) {
        return takenNanos - Math.max(0, freeAtNanos - nowNanos);
    }

    /** Bytes that have passed up to now. */
    long passedBytes(long nowNanos) {
        double waitingBytes = Math.max(0, freeAtNanos - nowNanos) * factor / nanosPerByte;
        passedBytes = Math.max(passedBytes, acceptedBytes - (long) Math.ceil(waitingBytes)); // times are rounded
        return passedBytes;
    }
}
