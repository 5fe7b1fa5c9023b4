package dev.kilonode.cluster;

import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.ControlCost;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** The link of a worker. A worker with many reports that the coordinator has not taken is held back. */
final class PekkoWorkerLink implements CoordinatorLink {

    static final int UNTAKEN_REPORTS = 64;

    /** More than any number of reports, so that nobody waits for a coordinator that is lost. */
    private static final int FREE = 1 << 30;

    private final MessageCodec codec;
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>(); // the coordinator bounds it
    private final Semaphore untaken = new Semaphore(UNTAKEN_REPORTS);
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean closed;
    private @Nullable ActorSystem<Object> system;

    PekkoWorkerLink(MessageCodec codec) {
        this.codec = codec;
    }

    /** Sets the system that carries it. */
    void carriedBy(ActorSystem<Object> started) {
        system = started;
        var unused = started.getWhenTerminated()
                .toCompletableFuture()
                .thenRun(() -> listener().lost("this worker was removed from the cluster"));
    }

    WorkerActor.Listener listener() {
        return new WorkerActor.Listener() {
            @Override
            public void command(Command command) {
                if (!lost.get()) commands.add(command);
            }

            @Override
            public void reportTaken() {
                untaken.release();
            }

            @Override
            public void lost(String why) {
                if (!lost.compareAndSet(false, true)) return;
                if (!closed) commands.add(new Command.CoordinatorLost(why));
                untaken.release(FREE);
            }
        };
    }

    private void tell(Object message) {
        ActorSystem<Object> running = system;
        if (running != null) running.tell(message);
    }

    @Override
    public void send(Report report) {
        if (lost.get() || closed) return;
        WorkerActor.Send encoded = new WorkerActor.Send(MessageCodec.kind(report), codec.encode(report));
        try {
            untaken.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while a report waited for the coordinator", e);
        }
        if (!lost.get() && !closed) tell(encoded);
    }

    @Override
    public @Nullable Command poll(Duration atMost) throws InterruptedException {
        Command next = commands.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null && !(next instanceof Command.CoordinatorLost)) tell(new WorkerActor.Taken());
        return next;
    }

    @Override
    public ControlCost cost() {
        return ControlSystem.cost(codec);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        tell(new WorkerActor.Leave());
        ActorSystem<Object> running = system;
        if (running != null) ControlSystem.awaitEnd(running);
    }
}
