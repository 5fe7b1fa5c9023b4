package dev.kilonode.node.testkit;

import dev.kilonode.node.observe.AnnounceOutcome;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.HeldBack;
import dev.kilonode.node.observe.IdentityOutcome;
import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what a node reports. */
public final class RecordingObserver implements NodeObserver {

    public final Map<DropCause, Integer> drops = new EnumMap<>(DropCause.class);
    public final Map<RefusalCause, Integer> refusals = new EnumMap<>(RefusalCause.class);
    public final Map<IdentityOutcome, List<Long>> identities = new EnumMap<>(IdentityOutcome.class);
    public final List<Long> held = new ArrayList<>();
    public final List<Long> waited = new ArrayList<>();
    public final List<Long> residences = new ArrayList<>();
    public final List<HeldBack> heldBack = new ArrayList<>();
    public final List<ConnectionEvent> lagged = new ArrayList<>();
    public final List<AnnounceOutcome> announces = new ArrayList<>();
    public int cameUp;
    public int orphaned;
    public int dials;
    public int failedDials;
    public int replies;
    public int lateReplies;
    public int requestTimeouts;
    public int registrations;

    public int drops(DropCause cause) {
        return drops.getOrDefault(cause, 0);
    }

    public int refusals(RefusalCause cause) {
        return refusals.getOrDefault(cause, 0);
    }

    public List<Long> identities(IdentityOutcome outcome) {
        return identities.getOrDefault(outcome, List.of());
    }

    @Override
    public void delivered(int shard, MessageKind kind, int sizeBytes, long residenceNanos) {
        residences.add(residenceNanos);
    }

    @Override
    public void dropped(int shard, DropCause cause, @Nullable MessageKind kind, NodeAddress source) {
        drops.merge(cause, 1, Integer::sum);
    }

    @Override
    public void refused(RefusalCause cause, @Nullable MessageKind kind, NodeAddress source) {
        refusals.merge(cause, 1, Integer::sum);
    }

    @Override
    public void lockWaited(LockName lock, boolean write, long nanos) {
        waited.add(nanos);
    }

    @Override
    public void lockHeld(LockName lock, long nanos) {
        held.add(nanos);
    }

    @Override
    public void registered(long nanos) {
        registrations++;
    }

    @Override
    public void dialled(boolean succeeded, long nanos) {
        if (succeeded) dials++;
        else failedDials++;
    }

    @Override
    public void identityEnded(IdentityOutcome outcome, long nanos) {
        identities.computeIfAbsent(outcome, o -> new ArrayList<>()).add(nanos);
    }

    @Override
    public void replied(MessageKind request, long nanos) {
        replies++;
    }

    @Override
    public void requestTimedOut(MessageKind request) {
        requestTimeouts++;
    }

    @Override
    public void repliedTooLate(MessageKind reply) {
        lateReplies++;
    }

    @Override
    public void connectionCameUp(boolean dialled) {
        cameUp++;
    }

    @Override
    public void eventHeldBack(HeldBack why) {
        heldBack.add(why);
    }

    @Override
    public void eventLagged(ConnectionEvent event) {
        lagged.add(event);
    }

    @Override
    public void connectionOrphaned() {
        orphaned++;
    }

    @Override
    public void announceEnded(AnnounceOutcome outcome) {
        announces.add(outcome);
    }
}
