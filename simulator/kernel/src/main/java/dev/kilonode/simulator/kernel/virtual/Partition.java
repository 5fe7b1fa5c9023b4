package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.engine.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a world that one thread runs at a time: their engine, and what they share. During a {@linkplain Windows window} a partition
 * touches only its own hosts, and of others only what does not change in a window: whether they are cut off, and the factors of their
 * links. Events for hosts of other threads wait in outboxes until the window is over. Between two windows all partitions are at rest,
 * and the harness may touch all of them.
 */
final class Partition {

    private static final int EVENTS_BETWEEN_LOOKS = 10_000;

    /** Work for the harness that arose during a window. */
    record Told(long atNanos, int partition, int number, Runnable task) {}

    final int number;
    final Engine engine = new Engine();
    final MessageCounts accounts = new MessageCounts();
    final CallbackPool calls = new CallbackPool();

    private final List<Told> told = new ArrayList<>();
    private final List<BulkTransfer> givenUp = new ArrayList<>();

    /** The thread that runs this partition, and its outboxes of the present window, by thread. */
    private int thread;

    private Outbox[] outboxes = {};
    private boolean inWindow;

    /** Free deliveries for reuse, last in, first out: the last one is still in the processor's cache. */
    private @Nullable Delivery free;

    Partition(int number) {
        this.number = number;
    }

    /** Sets the thread that runs this partition from the next window on. Between two windows, while no event is in an outbox. */
    void assign(int thread) {
        this.thread = thread;
    }

    int thread() {
        return thread;
    }

    /**
     * Fires all events due by {@code limitNanos}, unless the run is interrupted. On the thread of this partition.
     *
     * @param outboxes for the other threads, by number
     */
    void run(Outbox[] outboxes, long limitNanos, BooleanSupplier interrupted) {
        this.outboxes = outboxes;
        inWindow = true;
        boolean due = true;
        while (due && !interrupted.getAsBoolean()) due = !engine.runUntil(limitNanos, EVENTS_BETWEEN_LOOKS);
        inWindow = false;
    }

    /** Schedules an event of a host of this partition on another host; during a window, for a later window. */
    void send(VirtualHost from, VirtualHost to, Event event, long atNanos) {
        Partition target = to.partition();
        if (target.thread == thread || !inWindow) from.events().scheduleOn(target.engine, event, atNanos);
        else from.events().post(outboxes[target.thread], target.engine, event, atNanos);
    }

    /** Runs {@code task} on the harness thread: after the window, or at once outside a window. */
    void tell(Runnable task) {
        if (inWindow) told.add(new Told(engine.nowNanos(), number, told.size(), task));
        else task.run();
    }

    /** The sender of {@code transfer} gives it up now. The cause is counted after the window, when the receiver's part of it is known. */
    void givesUp(BulkTransfer transfer) {
        if (inWindow) givenUp.add(transfer);
        else accounts.giveUp(transfer.causeOfFailure());
    }

    /** Counts what could not be counted during the window, and moves the work for the harness to {@code all}. */
    void endWindow(List<Told> all) {
        for (BulkTransfer transfer : givenUp) accounts.giveUp(transfer.causeOfFailure());
        givenUp.clear();
        all.addAll(told);
        told.clear();
    }

    @Nullable
    Delivery takeFree() {
        Delivery delivery = free;
        if (delivery != null) free = delivery.nextFree;
        return delivery;
    }

    void free(Delivery delivery) {
        delivery.nextFree = free;
        free = delivery;
    }
}
