package dev.kilonode.node.upload;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Limits the number of an upload's chunks in a stage; the others wait in a queue, at most one wave of them. */
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

    /** Frees a slot and admits the next in the queue. */
    void leave() {
        inside--;
        ChunkJob next = waiting.poll();
        if (next != null) enter(next);
    }

    /** Clears the queue. */
    void close() {
        waiting.clear();
    }

    int inside() {
        return inside;
    }
}
