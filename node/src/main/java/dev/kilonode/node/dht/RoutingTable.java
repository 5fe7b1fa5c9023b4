package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerCache;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.PeerRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a node knows: 256 buckets of at most K, where bucket b holds those that share exactly b leading bits with this node.
 *
 * <p>All entries lie in one array, sorted by XOR distance to this node, so that every bucket is a contiguous range: answering {@link
 * #closest} is about half of a node's work.
 *
 * <p>A full bucket rejects a new peer, unless the entry that has been silent longest is stale; the new peer then replaces it. The system
 * studied pings stale entries before it removes them; this table does not. Nor does it limit entries per exact IP (2) and per /24 (5),
 * because the nodes of one host share an address.
 *
 * <p>Invariant: entries are strictly ascending by distance, and {@code upTo} counts them; see {@link #invariantsHold}.
 */
public final class RoutingTable {

    public static final int BUCKETS = 256;

    /** Largest bucket: the low bits of a sort key hold the index of an entry in its bucket. */
    public static final int MOST_PER_BUCKET = 1024;

    private static final int INDEX_BITS = 10;

    private static final long INDEX_MASK = MOST_PER_BUCKET - 1;

    private final PeerId self;
    private final int k;
    private final long staleAfterNanos;

    private int watchedRanks;
    private Runnable whenWatchedChange = () -> {};

    private final PeerCache<Integer> recentRanks = new PeerCache<>();

    private int size;
    private long[] distances = new long[64];
    private PeerRecord[] peers = new PeerRecord[64];
    private long[] seenNanos = new long[64];
    private boolean[] connected = new boolean[64];

    /** Number of entries in bucket b and all deeper ones; bucket b is {@code [upTo[b + 1], upTo[b])}. */
    private final int[] upTo = new int[BUCKETS + 1];

    /** Time at which the latest of the removed entries of bucket b was seen; initially the table's creation. */
    private final long[] leftNanos = new long[BUCKETS];

    /**
     * @param k most entries of a bucket
     * @param staleAfterNanos silence after which an entry may be replaced
     * @param nowNanos initial touch time of all buckets
     */
    public RoutingTable(PeerId self, int k, long staleAfterNanos, long nowNanos) {
        if (k < 1 || k > MOST_PER_BUCKET) {
            throw new IllegalArgumentException("k: got " + k + ", expected 1 to " + MOST_PER_BUCKET);
        }
        this.self = self;
        this.k = k;
        this.staleAfterNanos = staleAfterNanos;
        Arrays.fill(leftNanos, nowNanos);
    }

    public int size() {
        return size;
    }

    public int bucketSize(int bucket) {
        return upTo[bucket] - upTo[bucket + 1];
    }

    /** The deepest bucket with an entry, or -1. */
    public int deepestBucket() {
        if (size == 0) return -1;
        return distances[0] == 0 ? self.sharedPrefix(peers[0].id()) : Long.numberOfLeadingZeros(distances[0]);
    }

    /** Time at which an entry of {@code bucket} was last added or seen; the table's creation if there was none. */
    public long touchedNanos(int bucket) {
        long touched = leftNanos[bucket];
        for (int i = upTo[bucket + 1]; i < upTo[bucket]; i++) touched = Math.max(touched, seenNanos[i]);
        return touched;
    }

    /** @param then called after each change in the {@code ranks} closest entries */
    void watchClosest(int ranks, Runnable then) {
        watchedRanks = ranks;
        whenWatchedChange = then;
    }

    /** @param rank 0 for the entry closest to this node, less than {@link #size} */
    public PeerRecord nearest(int rank) {
        return peers[rank];
    }

    /** Time at which the entry of that rank was last seen. */
    public long seenNanos(int rank) {
        return seenNanos[rank];
    }

    public boolean contains(PeerId peer) {
        return search(peer) >= 0;
    }

    /** The record of a peer, or null if it is not in the table. */
    @Nullable
    PeerRecord find(PeerId peer) {
        int at = search(peer);
        return at < 0 ? null : peers[at];
    }

    /** Replaces the record with the same id; does nothing if there is none. */
    void replace(PeerRecord peer) {
        int at = search(peer.id());
        if (at >= 0) peers[at] = peer;
    }

    /**
     * Records that a peer was seen.
     *
     * @return whether the peer is in the table
     */
    public boolean touch(PeerId peer, long nowNanos) {
        Integer known = recentRanks.find(peer);
        int at = known == null ? search(peer) : known;
        if (at < 0) return false;
        if (known == null) recentRanks.keep(peer, at);
        seenNanos[at] = nowNanos;
        return true;
    }

    /** Records whether a peer is connected, if it is in the table. A new entry is not connected until this is called. */
    public void setConnected(PeerId peer, boolean connected) {
        int at = search(peer);
        if (at >= 0) this.connected[at] = connected;
    }

    /**
     * Whether the peer is in the table and recorded as connected. Does not read the peer if the table holds the same object.
     *
     * @param distance the prefix of its distance to this node
     */
    boolean isConnected(PeerRecord peer, long distance) {
        int at = atLeast(distance);
        if (at == size || distances[at] != distance) return false;
        if (peers[at] != peer) at = search(peer.id());
        return at >= 0 && connected[at];
    }

    /**
     * Adds a peer, or touches it and updates its address.
     *
     * @return whether it is in the table now
     */
    public boolean add(PeerRecord peer, long nowNanos) {
        int bucket = self.sharedPrefix(peer.id());
        if (bucket == BUCKETS) return false; // this node itself
        int at = search(peer.id());
        if (at >= 0) {
            peers[at] = peer;
            seenNanos[at] = nowNanos;
        } else {
            if (bucketSize(bucket) >= k) {
                int oldest = longestSilent(bucket);
                if (nowNanos - seenNanos[oldest] < staleAfterNanos) return false;
                removeAt(oldest, bucket);
                at = search(peer.id());
            }
            insertAt(~at, bucket, peer, nowNanos);
        }
        return true;
    }

    /** @return whether it was in the table */
    public boolean remove(PeerId peer) {
        int at = search(peer);
        if (at < 0) return false;
        removeAt(at, self.sharedPrefix(peer));
        return true;
    }

    /** As {@link #closest(PeerId, int, PeerId)}, without an exclusion. */
    public List<PeerRecord> closest(PeerId target, int n) {
        return closest(target, n, null);
    }

    /**
     * The entries closest to {@code target}, nearest first.
     *
     * @param n how many at most
     * @param except a peer to leave out, or null
     * @return a list that the table does not keep; it must not be changed, since messages carry it
     */
    public List<PeerRecord> closest(PeerId target, int n, @Nullable PeerId except) {
        PeerId excluded = except == null ? self : except; // self is never in the table
        int holds = size <= n && except != null && contains(except) ? size - 1 : size;
        NearestPeers found = new NearestPeers(target, Math.min(n, holds));
        int wanted = found.peers.length;
        // Bit b of the target's distance to this node tells on which side of bucket b the target lies. If it is 1, the
        // bucket is nearer to the target than all deeper ones; if it is 0, it is farther.
        long flip = self.distancePrefix(target);
        int filled = 0;
        for (long nearer = flip; nearer != 0 && filled < wanted; ) {
            int bucket = Long.numberOfLeadingZeros(nearer);
            if (upTo[bucket] == 0) break;
            filled = collect(target, flip, bucket, excluded, found, filled);
            nearer ^= Long.MIN_VALUE >>> bucket;
        }
        if (filled < wanted && upTo[Long.SIZE] > 0) {
            filled = collectSlowly(target, 0, upTo[Long.SIZE], excluded, found, filled);
        }
        for (int bucket = Long.SIZE - 1; filled < wanted; bucket--) {
            bucket = Math.min(bucket, deepestBucket());
            if ((flip << bucket) >= 0) filled = collect(target, flip, bucket, excluded, found, filled);
        }
        return found;
    }

    /** Whether the invariant holds. */
    public boolean invariantsHold() {
        int[] counted = new int[BUCKETS];
        for (int i = 0; i < size; i++) {
            counted[self.sharedPrefix(peers[i].id())]++;
            if (distances[i] != self.distancePrefix(peers[i].id())) return false;
            if (i > 0 && self.compareDistance(peers[i - 1].id(), peers[i].id()) >= 0) return false;
        }
        int total = 0;
        for (int b = BUCKETS - 1; b >= 0; b--) {
            total += counted[b];
            if (upTo[b] != total || counted[b] > k) return false;
        }
        return total == size;
    }

    /**
     * Appends the entries of one bucket in order of their distance to the target. In all buckets but the target's own, their order by
     * distance to this node is nearly the one wanted; hence an insertion sort, of keys whose low bits are the index of the entry. The
     * keys are sorted in the array that finally holds the distances.
     *
     * @return the number of entries in {@code found}
     */
    private int collect(PeerId target, long flip, int bucket, PeerId excluded, NearestPeers found, int filled) {
        int low = upTo[bucket + 1];
        int high = upTo[bucket];
        long[] keys = found.distances;
        long unwantedDistance = self.distancePrefix(excluded);
        int end = filled;
        boolean ambiguous = false;
        for (int i = low; i < high; i++) {
            if (distances[i] == unwantedDistance && peers[i].id().equals(excluded)) continue;
            // with the sign bit flipped, so that signed order is unsigned order
            long key = (((distances[i] ^ flip) & ~INDEX_MASK) | (i - low)) ^ Long.MIN_VALUE;
            boolean full = end == keys.length;
            long last = full ? keys[end - 1] : key;
            int at = full ? end - 1 : end++;
            if (key > last) {
                ambiguous |= tied(key, last);
                continue;
            }
            while (at > filled && keys[at - 1] > key) {
                keys[at] = keys[at - 1];
                at--;
            }
            keys[at] = key;
            if (full) ambiguous |= tied(last, keys[end - 1]);
        }
        for (int i = filled + 1; i < end; i++) ambiguous |= tied(keys[i], keys[i - 1]);
        if (ambiguous) return collectSlowly(target, low, high, excluded, found, filled);
        for (int i = filled; i < end; i++) {
            int entry = low + (int) (keys[i] & INDEX_MASK);
            found.peers[i] = peers[entry];
            keys[i] = distances[entry] ^ flip;
        }
        return end;
    }

    private static boolean tied(long key, long other) {
        return (key ^ other) >>> INDEX_BITS == 0;
    }

    /** For entries whose distances agree in all the bits that {@link #collect} compares; hardly ever needed. */
    private int collectSlowly(PeerId target, int low, int high, PeerId excluded, NearestPeers found, int filled) {
        PeerRecord[] sorted = new PeerRecord[high - low];
        int count = 0;
        for (int i = low; i < high; i++) {
            if (!peers[i].id().equals(excluded)) sorted[count++] = peers[i];
        }
        Arrays.sort(sorted, 0, count, (a, b) -> target.compareDistance(a.id(), b.id()));
        int taken = Math.min(count, found.peers.length - filled);
        for (int i = 0; i < taken; i++) {
            found.peers[filled + i] = sorted[i];
            found.distances[filled + i] = target.distancePrefix(sorted[i].id());
        }
        return filled + taken;
    }

    /** @return its rank, or the complement of the rank it would have */
    private int search(PeerId peer) {
        long distance = self.distancePrefix(peer);
        int at = atLeast(distance);
        for (; at < size && distances[at] == distance; at++) {
            PeerId there = peers[at].id();
            int order = there == peer ? 0 : self.compareDistance(there, peer);
            if (order == 0) return at;
            if (order > 0) break;
        }
        return ~at;
    }

    /**
     * Reads one bucket only.
     *
     * @return the first rank with this distance or a greater one
     */
    private int atLeast(long distance) {
        int bucket = Long.numberOfLeadingZeros(distance);
        int low = bucket == Long.SIZE ? 0 : upTo[bucket + 1];
        int high = upTo[bucket];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(distances[middle], distance) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private int longestSilent(int bucket) {
        int oldest = upTo[bucket + 1];
        for (int i = oldest + 1; i < upTo[bucket]; i++) {
            if (seenNanos[i] < seenNanos[oldest]) oldest = i;
        }
        return oldest;
    }

    private void insertAt(int at, int bucket, PeerRecord peer, long nowNanos) {
        if (size == peers.length) {
            distances = Arrays.copyOf(distances, 2 * size);
            peers = Arrays.copyOf(peers, 2 * size);
            seenNanos = Arrays.copyOf(seenNanos, 2 * size);
            connected = Arrays.copyOf(connected, 2 * size);
        }
        move(at, at + 1);
        distances[at] = self.distancePrefix(peer.id());
        peers[at] = peer;
        seenNanos[at] = nowNanos;
        connected[at] = false;
        size++;
        for (int b = 0; b <= bucket; b++) upTo[b]++;
        if (at < watchedRanks) whenWatchedChange.run();
    }

    private void removeAt(int at, int bucket) {
        leftNanos[bucket] = Math.max(leftNanos[bucket], seenNanos[at]);
        move(at + 1, at);
        size--;
        for (int b = 0; b <= bucket; b++) upTo[b]--;
        if (at < watchedRanks) whenWatchedChange.run();
    }

    private void move(int from, int to) {
        recentRanks.forgetAll();
        System.arraycopy(distances, from, distances, to, size - from);
        System.arraycopy(peers, from, peers, to, size - from);
        System.arraycopy(seenNanos, from, seenNanos, to, size - from);
        System.arraycopy(connected, from, connected, to, size - from);
    }
}
