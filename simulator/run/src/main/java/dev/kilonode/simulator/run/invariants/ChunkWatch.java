package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.identity.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sample of the chunks that were acknowledged by their quorum: a node must hold each of them. The sample is bounded: of more chunks it
 * keeps every second, every fourth and so on. Down nodes count, since they come back with what they hold.
 */
final class ChunkWatch {

    /** Chunks that are kept. */
    static final int MOST = 4_000;

    /** Chunks that one look checks; each is checked in turn. */
    private static final int LOOKS = 100;

    /** A chunk that no node holds. */
    record Lost(PeerId address, long sinceNanos, List<PeerId> holders) {}

    private static final class Acknowledged {
        final PeerId address;
        final List<PeerId> holders;
        long missingSinceNanos = -1;
        boolean told;

        Acknowledged(PeerId address, List<PeerId> holders) {
            this.address = address;
            this.holders = holders;
        }
    }

    private final Map<PeerId, WatchedNode> nodes = new HashMap<>();
    private final List<WatchedNode> all;
    private List<Acknowledged> sample = new ArrayList<>();
    private long offered;
    private long each = 1;
    private int next;

    ChunkWatch(List<? extends WatchedNode> nodes) {
        all = List.copyOf(nodes);
        for (WatchedNode node : nodes) this.nodes.put(node.id(), node);
    }

    void acknowledged(PeerId address, List<PeerId> holders) {
        if (offered++ % each != 0) return;
        if (sample.size() == MOST) thinOut();
        sample.add(new Acknowledged(address, holders));
    }

    private void thinOut() {
        List<Acknowledged> kept = new ArrayList<>();
        for (int i = 0; i < sample.size(); i += 2) kept.add(sample.get(i));
        sample = kept;
        each *= 2;
        next = 0;
    }

    /** Checks the next chunks of the sample. @return those that no node has held for long, each once */
    List<Lost> look(long nowNanos) {
        List<Lost> lost = new ArrayList<>();
        for (int i = 0; i < Math.min(LOOKS, sample.size()); i++) {
            next = (next + 1) % sample.size();
            look(sample.get(next), nowNanos, lost);
        }
        return lost;
    }

    /** As {@link #look}, for all chunks of the sample. */
    List<Lost> lookAtAll(long nowNanos) {
        List<Lost> lost = new ArrayList<>();
        for (Acknowledged chunk : sample) look(chunk, nowNanos, lost);
        return lost;
    }

    private void look(Acknowledged chunk, long nowNanos, List<Lost> lost) {
        if (isHeld(chunk)) {
            chunk.missingSinceNanos = -1;
        } else if (chunk.missingSinceNanos < 0) {
            chunk.missingSinceNanos = nowNanos;
        } else if (!chunk.told && nowNanos - chunk.missingSinceNanos >= RegistryLook.PATIENCE_NANOS) {
            chunk.told = true;
            lost.add(new Lost(chunk.address, chunk.missingSinceNanos, chunk.holders));
        }
    }

    /** Whether a node holds the chunk, or may do so because it still lists what it holds. Nodes of other processes count as holders. */
    private boolean isHeld(Acknowledged chunk) {
        for (PeerId holder : chunk.holders) {
            WatchedNode node = nodes.get(holder);
            if (node == null || holds(node, chunk.address)) return true;
        }
        for (WatchedNode node : all) {
            if (holds(node, chunk.address)) return true;
        }
        return false;
    }

    private static boolean holds(WatchedNode node, PeerId address) {
        return node.store().holds(address) || !node.store().isKnown();
    }
}
