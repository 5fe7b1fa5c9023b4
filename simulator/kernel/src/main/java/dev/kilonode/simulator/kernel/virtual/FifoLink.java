package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;

/** One direction of a host's link for small frames: first in, first out. */
final class FifoLink {

    private final double nanosPerByte;
    private double factor = 1;
    private long freeAtNanos;

    FifoLink(double bytesPerSecond) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
    }

    /** Transmission time of {@code bytes} bytes. */
    long spanNanos(int bytes) {
        return (long) (bytes * nanosPerByte / factor);
    }

    /** Enqueues a frame of {@code bytes} bytes that is ready at {@code readyNanos}. Returns the time at which its last byte has passed. */
    long pass(long readyNanos, int bytes) {
        freeAtNanos = Engine.after(Math.max(readyNanos, freeAtNanos), spanNanos(bytes));
        return freeAtNanos;
    }

    void setFactor(double factor) {
        this.factor = factor;
    }
}
