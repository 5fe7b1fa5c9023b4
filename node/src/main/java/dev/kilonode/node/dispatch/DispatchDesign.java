package dev.kilonode.node.dispatch;

import dev.kilonode.node.wire.NodeAddress;
import java.util.Locale;

/**
 * The dispatch designs that come with Kilonode: fixed functions, the same on every node of the network.
 *
 * <p>Both hash by the 32-bit finaliser of MurmurHash3 ({@code h ^= h >>> 16; h *= 0x85EBCA6B; h ^= h >>> 13; h *= 0xC2B2AE35;
 * h ^= h >>> 16}) of the four address bytes read big-endian, and scale to the shards by the hash's high bits: {@code (h *
 * shards) >>> 32}, unsigned.
 */
public enum DispatchDesign implements DispatchProvider {
    /** By IP address alone, as in the system studied: all nodes of one host share a shard everywhere. */
    SOURCE_IP {
        @Override
        public int shardOf(NodeAddress source, int shards) {
            return scaled(hash(source.ip()), shards);
        }
    },
    /** By IP address and port, {@code hash(hash(ip) + port)}: the nodes of one host spread over the shards. */
    SOURCE_ADDRESS {
        @Override
        public int shardOf(NodeAddress source, int shards) {
            return scaled(hash(hash(source.ip()) + source.port()), shards);
        }
    };

    /** Such as {@code source-ip}. */
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int hash(int key) {
        int h = key;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        h ^= h >>> 16;
        return h;
    }

    private static int scaled(int hash, int shards) {
        return (int) (((hash & 0xFFFFFFFFL) * shards) >>> 32);
    }
}
