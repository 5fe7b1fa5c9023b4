package dev.kilonode.node.store;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Setting;

/** How much a node stores. */
public record StoreConfig(
        @Setting("room for chunks on one node; a full store refuses")
        Bytes capacity) {}
