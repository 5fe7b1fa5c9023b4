package dev.kilonode.node.testkit;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** All peers of a test, with one fixed latency between any two, and the record of every message sent. */
public final class TestNetwork {

    /** One message on its way. */
    public record Sent(long atNanos, PeerId from, PeerId to, Message message) {}

    public static final long LATENCY_NANOS = Duration.ofMillis(50).toNanos();
    public static final long DIAL_TIMEOUT_NANOS = Duration.ofSeconds(3).toNanos();
    public static final long IDENTITY_TIMEOUT_NANOS = Duration.ofSeconds(15).toNanos();

    private final VirtualClock clock = new VirtualClock();
    private final SplittableRandom seeds;
    private final Map<PeerId, TestMessenger> peers = new LinkedHashMap<>();
    private final Map<PeerId, Behaviour> behaviours = new LinkedHashMap<>();
    private final Map<PeerId, Long> latencies = new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();

    public TestNetwork(long seed) {
        this.seeds = new SplittableRandom(seed);
    }

    public VirtualClock clock() {
        return clock;
    }

    public TestRuntime newRuntime() {
        return new TestRuntime(clock, seeds.nextLong());
    }

    public TestMessenger newPeer(boolean client) {
        return newPeer(PeerId.random(seeds), client);
    }

    public TestMessenger newPeer(PeerId id, boolean client) {
        PeerRecord record = new PeerRecord(id, new NodeAddress(0x7f000001, 1000 + peers.size()));
        TestMessenger messenger = new TestMessenger(this, record, client);
        peers.put(id, messenger);
        return messenger;
    }

    public void set(PeerId peer, Behaviour behaviour) {
        behaviours.put(peer, behaviour);
    }

    public Behaviour behaviourOf(PeerId peer) {
        return behaviours.getOrDefault(peer, Behaviour.WELL);
    }

    /** Makes everything that goes to {@code peer} take so long. */
    public void setLatency(PeerId peer, Duration latency) {
        latencies.put(peer, latency.toNanos());
    }

    public long latencyTo(PeerId peer) {
        return latencies.getOrDefault(peer, LATENCY_NANOS);
    }

    /** Connects two peers at once, without a dial. */
    public void link(TestMessenger one, TestMessenger other) {
        one.connectedTo(other);
        other.connectedTo(one);
    }

    public void linkAll() {
        List<TestMessenger> all = new ArrayList<>(peers.values());
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) link(all.get(i), all.get(j));
        }
    }

    public @Nullable TestMessenger peer(PeerId id) {
        return peers.get(id);
    }

    public List<TestMessenger> peers() {
        return List.copyOf(peers.values());
    }

    /** Everything sent so far, in order. */
    public List<Sent> sent() {
        return sent;
    }

    public List<Sent> sentBy(PeerId peer, MessageKind kind) {
        return sent.stream()
                .filter(s -> s.from().equals(peer) && s.message().kind() == kind)
                .toList();
    }

    void deliver(PeerRecord from, PeerId to, Message message) {
        sent.add(new Sent(clock.nowNanos(), from.id(), to, message));
        TestMessenger receiver = peers.get(to);
        if (receiver == null) return;
        clock.schedule(latencyTo(to), () -> {
            if (behaviourOf(to) == Behaviour.WELL) receiver.receive(from, message);
        });
    }
}
