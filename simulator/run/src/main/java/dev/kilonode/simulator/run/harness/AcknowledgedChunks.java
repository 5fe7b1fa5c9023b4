package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.simulator.run.invariants.InvariantWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The chunks that the uploads of one thread have stored since the last look at the invariants. Bounded: later ones are left out. */
final class AcknowledgedChunks implements BiConsumer<PeerId, List<PeerId>> {

    private static final int MOST = 10_000;

    private record Chunk(PeerId address, List<PeerId> holders) {}

    private final List<Chunk> chunks = new ArrayList<>();

    /** On the thread of the uploads. */
    @Override
    public void accept(PeerId address, List<PeerId> holders) {
        if (chunks.size() < MOST) chunks.add(new Chunk(address, holders));
    }

    /** Passes the chunks on and forgets them. On the harness thread, while no node runs. */
    void drain(InvariantWatch watch) {
        for (Chunk chunk : chunks) watch.acknowledged(chunk.address(), chunk.holders());
        chunks.clear();
    }
}
