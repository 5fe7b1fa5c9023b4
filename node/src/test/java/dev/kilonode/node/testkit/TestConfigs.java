package dev.kilonode.node.testkit;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.DurationRange;
import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.dht.DhtConfig;
import dev.kilonode.node.dispatch.DispatchDesign;
import dev.kilonode.node.replication.ReplicationConfig;
import dev.kilonode.node.transport.AcceptConfig;
import dev.kilonode.node.transport.AcceptConfig.WhenFull;
import dev.kilonode.node.transport.ConnectionEventsConfig;
import dev.kilonode.node.transport.ConnectionEventsConfig.Dedup;
import dev.kilonode.node.transport.IdentityConfig;
import dev.kilonode.node.transport.TransportConfig;
import dev.kilonode.node.upload.UploadConfig;
import java.time.Duration;

/** Settings as in the system studied, with what tests vary as parameters. */
public final class TestConfigs {

    public static final int MAX_FRAME_BYTES = 5 << 20;

    private TestConfigs() {}

    public static DhtConfig dht(int refreshBuckets, double notificationsPerSecond) {
        return dht(refreshBuckets, notificationsPerSecond, false);
    }

    public static DhtConfig dht(int refreshBuckets, double notificationsPerSecond, boolean restAfterPass) {
        return new DhtConfig(
                20,
                3,
                20,
                200,
                Duration.ofSeconds(25),
                new DurationRange(Duration.ofMinutes(5), Duration.ofMinutes(10)),
                2,
                new DhtConfig.Refresh(Duration.ofMinutes(10), Duration.ofHours(1), refreshBuckets, 1, restAfterPass),
                new DhtConfig.Notifications(new Frequency(notificationsPerSecond), 20),
                new DhtConfig.HintRepublish(0, new DurationRange(Duration.ofSeconds(90), Duration.ofSeconds(150))),
                1,
                Duration.ofMinutes(15));
    }

    /** 8 shards with {@code shardSlots} each. */
    public static TransportConfig transport(String design, int shardSlots) {
        return transport(design, shardSlots, 256, 1000);
    }

    public static TransportConfig transport(String design, int shardSlots, int maxRequests, int eventCapacity) {
        return new TransportConfig(
                design,
                8,
                DispatchDesign.SOURCE_IP.label(),
                8 * shardSlots,
                Math.max(1, shardSlots / 2),
                new Bytes(MAX_FRAME_BYTES),
                Duration.ofSeconds(300),
                Duration.ofSeconds(30),
                maxRequests,
                eventCapacity,
                256,
                64,
                4,
                Duration.ZERO,
                0,
                new ConnectionEventsConfig(Dedup.NONE, 0, 1000),
                new AcceptConfig(0, WhenFull.ORPHAN, 2));
    }

    public static IdentityConfig identity() {
        return identity(IdentityConfig.AcceptorAnnounce.ON_CONNECT);
    }

    public static IdentityConfig identity(IdentityConfig.AcceptorAnnounce acceptorAnnounce) {
        return new IdentityConfig(
                "ML-DSA-65",
                Duration.ofSeconds(15),
                Duration.ofMillis(50),
                acceptorAnnounce,
                new Ratio(0.3),
                new Ratio(0.1),
                new Ratio(0.15));
    }

    public static ReplicationConfig replication(int copyQueue) {
        return replication(copyQueue, Duration.ZERO, sync(0), audit(false));
    }

    public static ReplicationConfig replication(
            int copyQueue, Duration paymentLookup, ReplicationConfig.Sync sync, ReplicationConfig.Audit audit) {
        return new ReplicationConfig(7, 3, copyQueue, 20, Duration.ofSeconds(30), paymentLookup, sync, audit);
    }

    public static ReplicationConfig.Sync sync(int peers) {
        return new ReplicationConfig.Sync(
                peers,
                20,
                new DurationRange(Duration.ofMinutes(10), Duration.ofMinutes(20)),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                0,
                Duration.ofMillis(250),
                Duration.ofSeconds(15),
                100,
                2,
                64,
                Duration.ofSeconds(30),
                Duration.ofHours(6));
    }

    public static ReplicationConfig.Audit audit(boolean enabled) {
        return new ReplicationConfig.Audit(
                enabled,
                new DurationRange(Duration.ofMinutes(30), Duration.ofHours(1)),
                Duration.ofSeconds(6),
                Duration.ofMillis(10));
    }

    public static UploadConfig upload(int waveSize) {
        return new UploadConfig(
                new Bytes(50_000_000),
                new Bytes(4 << 20),
                32,
                8,
                15,
                14,
                7,
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(25),
                waveSize,
                4,
                Duration.ofSeconds(10),
                3,
                Duration.ofMillis(500));
    }
}
