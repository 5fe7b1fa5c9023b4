package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;

/** One direction of a host's link as small frames see it: one after another, in order of arrival. */
final class FifoLink {

    private final double nanosPerByte;
    private double factor = 1;
    private long freeAtNanos;

    FifoLink(double bytesPerSecond) {
        this.nanosPerByte = 1e9 / bytesPerSecond;
    }

    /** Time that {@code bytes} bytes take on the wire. */
    long spanNanos(int bytes) {
        return (long) (bytes * nanosPerByte / factor);
    }

    /** When a frame of {@code bytes} bytes that is ready at {@code readyNanos} is through. Takes its place in the queue. */
    long pass(long readyNanos, int bytes) {
        freeAtNanos = Engine.after(Math.max(readyNanos, freeAtNanos), spanNanos(bytes));
        return freeAtNanos;
    }

    void setFactor(double factor) {
        this.factor = factor;
    }
}
