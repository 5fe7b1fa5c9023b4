package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import org.jspecify.annotations.Nullable;

/** Receives every message lost inside a node. */
interface DropListener {
    void dropped(int node, int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source);
}
