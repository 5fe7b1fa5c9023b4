package dev.kilonode.node.transport;

import dev.kilonode.node.wire.NodeAddress;

/**
 * Which shard a source belongs to: a fixed function of its IP address alone, the same on every node of the network, so that
 * all nodes of one host share a shard everywhere. The port is left out on purpose, as in the system studied.
 *
 * <p>The function is the 32-bit finaliser of MurmurHash3 ({@code h ^= h >>> 16; h *= 0x85EBCA6B; h ^= h >>> 13; h *=
 * 0xC2B2AE35; h ^= h >>> 16}) of the four address bytes read big-endian, scaled to the shards by its high bits: {@code (h *
 * shards) >>> 32}, unsigned.
 */
final class ShardHash {

    static int shardOf(NodeAddress source, int shards) {
        int h = source.ip();
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        h ^= h >>> 16;
        return (int) (((h & 0xFFFFFFFFL) * shards) >>> 32);
    }

    private ShardHash() {}
}
