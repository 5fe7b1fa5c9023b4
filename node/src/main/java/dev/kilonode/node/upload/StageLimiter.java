package dev.kilonode.node.upload;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Lets a limited number of an upload's chunks into a stage; the others wait in line, at most a wave of them. */
final class StageLimiter {

    private final int slots;
    private final Consumer<ChunkJob> admit;
    private final ArrayDeque<ChunkJob> waiting = new ArrayDeque<>();
    private int inside;

    StageLimiter(int slots, Consumer<ChunkJob> admit) {
        this.slots = slots;
        this.admit = admit;
    }

    void enter(ChunkJob job) {
        if (inside < slots) {
            inside++;
            admit.accept(job);
        } else {
            waiting.add(job);
        }
    }

    /** One that was inside leaves, and the next in line comes in. */
    void leave() {
        inside--;
        ChunkJob next = waiting.poll();
        if (next != null) enter(next);
    }

    /** Sends away those in line. */
    void close() {
        waiting.clear();
    }

    int inside() {
        return inside;
    }
}
