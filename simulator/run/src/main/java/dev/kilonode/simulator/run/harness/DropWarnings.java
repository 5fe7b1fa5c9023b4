package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The warnings of nodes about their drops, as the dispatcher of the studied system logs them: at the first drop of a node and at every 64th
 * after it, with the node's total. Keeps the first {@value #MOST_LINES} of a run and counts the rest. Not thread-safe.
 */
final class DropWarnings {

    /** Drops of a node from one warning to the next. */
    static final int INTERVAL = 64;

    static final int MOST_LINES = 1_000;

    private final List<String> lines = new ArrayList<>();
    private long rest;
    private long lastRestMs;

    /**
     * A node has lost a message.
     *
     * @param total the drops of this node since the run began, this one included
     */
    void dropped(
            long nowMs,
            String node,
            long total,
            int shard,
            DropCause cause,
            @Nullable MessageKind kind,
            NodeAddress source) {
        if ((total - 1) % INTERVAL != 0) return;
        if (lines.size() == MOST_LINES) {
            rest++;
            lastRestMs = nowMs;
            return;
        }
        lines.add("time_ms=" + nowMs + " level=warn node=" + node + " shard=" + shard + " total_drops=" + total
                + " cause=" + cause.label() + " kind=" + (kind == null ? "unreadable" : kind.label()) + " from="
                + source);
    }

    /** All lines of the log; the last one counts the warnings that are not written, if there are any. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (rest > 0) all.add("time_ms=" + lastRestMs + " level=warn warnings_not_written=" + rest);
        return all;
    }
}
