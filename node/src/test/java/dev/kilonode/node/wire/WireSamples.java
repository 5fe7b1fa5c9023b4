package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Messages for tests: every kind, and every variant of a kind. */
public final class WireSamples {

    private WireSamples() {}

    /** One message of each variant, with small chunks, so that tests may repeat them often. */
    public static List<Message> messages() {
        var random = new SplittableRandom(7);
        PeerId id = PeerId.random(random);
        var peer = new PeerRecord(PeerId.random(random), new NodeAddress(0x7f010203, 65535));
        var closest = new ArrayList<PeerRecord>();
        for (int i = 0; i < 20; i++) {
            closest.add(new PeerRecord(PeerId.random(random), new NodeAddress(random.nextInt(), 1 + i)));
        }
        byte[] content = new byte[500];
        random.nextBytes(content);
        var chunk = new Chunk(id, content.length, content);
        var moved = new PeerRecord(id, peer.address(), List.of(new NodeAddress(1, 1), new NodeAddress(-2, 65535)));
        List<PeerId> keys = closest.subList(0, 5).stream().map(PeerRecord::id).toList();
        return List.of(
                IdentityAnnounce.INSTANCE,
                new DhtMessage.FindNode(random.nextLong(), id),
                new DhtMessage.FindNodeReply(random.nextLong(), List.of()),
                new DhtMessage.FindNodeReply(random.nextLong(), closest),
                new DhtMessage.Ping(random.nextLong()),
                new DhtMessage.Pong(random.nextLong()),
                new DhtMessage.Notify(peer),
                new DhtMessage.Notify(moved),
                new ChunkMessage.QuoteRequest(random.nextLong(), id, Chunk.MAX_BYTES),
                new ChunkMessage.QuoteReply(random.nextLong(), id, random.nextLong()),
                new ChunkMessage.PutRequest(random.nextLong(), chunk),
                new ChunkMessage.PutRequest(random.nextLong(), new Chunk(id, 0, new byte[0])),
                new ChunkMessage.PutReply(random.nextLong(), true),
                new ChunkMessage.PutReply(random.nextLong(), false),
                new ChunkMessage.GetRequest(random.nextLong(), id),
                new ChunkMessage.GetReply(random.nextLong(), null),
                new ChunkMessage.GetReply(random.nextLong(), chunk),
                new ReplicationMessage.FreshOffer(random.nextLong(), chunk),
                new ReplicationMessage.FreshOfferReply(random.nextLong(), true),
                new ReplicationMessage.FreshOfferReply(random.nextLong(), false),
                new ReplicationMessage.PaidNotify(id),
                new ReplicationMessage.SyncRequest(random.nextLong(), keys, List.of(id)),
                new ReplicationMessage.SyncRequest(random.nextLong(), List.of(), List.of()),
                new ReplicationMessage.SyncReply(random.nextLong(), List.of(id), keys),
                new ReplicationMessage.VerifyRequest(random.nextLong(), keys),
                new ReplicationMessage.VerifyReply(random.nextLong(), new byte[] {0, 1, 2, 3, 3}),
                new ReplicationMessage.FetchRequest(random.nextLong(), id),
                new ReplicationMessage.FetchReply(random.nextLong(), null),
                new ReplicationMessage.FetchReply(random.nextLong(), chunk),
                new ReplicationMessage.AuditRequest(random.nextLong(), random.nextLong(), keys),
                new ReplicationMessage.AuditReply(random.nextLong(), keys));
    }
}
