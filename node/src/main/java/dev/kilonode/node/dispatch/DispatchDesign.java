package dev.kilonode.node.dispatch;

import dev.kilonode.node.wire.NodeAddress;
import java.util.Locale;

/**
 * The built-in dispatch designs. Each is a pure function and is the same on every node of the network.
 *
 * <p>Both hash the four address bytes, read big-endian, with the 32-bit finaliser of MurmurHash3 ({@code h ^= h >>> 16; h *= 0x85EBCA6B;
 * h ^= h >>> 13; h *= 0xC2B2AE35; h ^= h >>> 16}). They map the hash to a shard by its high bits: {@code (h * shards) >>> 32}, unsigned.
 */
public enum DispatchDesign implements DispatchProvider {
    /** By IP address only, as in the system studied: all nodes of one host map to the same shard on every receiver. */
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

    /** The name in scenarios, such as {@code source-ip}. */
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean isStatePerNode() {
        return true;
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
