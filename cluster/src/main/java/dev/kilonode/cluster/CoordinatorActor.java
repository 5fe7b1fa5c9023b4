package dev.kilonode.cluster;

import dev.kilonode.cluster.ControlMessage.ToCoordinator;
import dev.kilonode.cluster.ControlMessage.ToWorker;
import dev.kilonode.simulator.run.control.ControlPlane;
import dev.kilonode.simulator.run.control.ControlPlane.FromWorker;
import dev.kilonode.simulator.run.control.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The coordinator's end of the control plane: numbers the workers, passes their reports on, and sends commands. A worker that stops or is
 * removed from the cluster is lost. Its queue is bounded, as a worker has at most {@link PekkoWorkerLink#UNTAKEN_REPORTS} reports in it.
 */
final class CoordinatorActor extends AbstractBehavior<Object> {

    /** An encoded command for a worker, from this process. */
    record Send(int worker, ControlMessage.Commanded command, boolean releases) {}

    /** The program has taken a report of a worker. */
    record Taken(int worker) {}

    /** The control plane ends. */
    record Leave() {}

    /** A watched worker has stopped, or its process was removed from the cluster. */
    private record Gone(int worker) {}

    private static final class Worker {
        final ActorRef<ToWorker> ref;
        int untakenCommands;
        boolean released;
        boolean lost;

        Worker(ActorRef<ToWorker> ref) {
            this.ref = ref;
        }
    }

    private final Queue<FromWorker> reports;
    private final MessageCodec codec;
    private final List<Worker> workers = new ArrayList<>();
    private final Map<ActorRef<ToWorker>, Integer> numbers = new HashMap<>();

    private CoordinatorActor(ActorContext<Object> context, Queue<FromWorker> reports, MessageCodec codec) {
        super(context);
        this.reports = reports;
        this.codec = codec;
    }

    /** @param reports receives the reports; used by several threads */
    static Behavior<Object> create(Queue<FromWorker> reports, MessageCodec codec) {
        return Behaviors.setup(context -> new CoordinatorActor(context, reports, codec));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(ToCoordinator.class, this::received)
                .onMessage(Send.class, this::send)
                .onMessage(Taken.class, taken -> {
                    workers.get(taken.worker()).ref.tell(new ControlMessage.ReportTaken());
                    return this;
                })
                .onMessage(Gone.class, gone -> {
                    lose(gone.worker(), "its process has gone, or cannot be reached");
                    return this;
                })
                .onMessage(Leave.class, leave -> {
                    for (Worker worker : workers) worker.ref.tell(new ControlMessage.CoordinatorLeaving());
                    return Behaviors.stopped();
                })
                .build();
    }

    private Behavior<Object> received(ToCoordinator message) {
        if (message instanceof ControlMessage.Hello hello) {
            hello(hello);
        } else if (message instanceof ControlMessage.Reported reported) {
            int number = number(reported.worker());
            Report report = codec.report(reported.kind(), reported.content());
            if (number < 0 || workers.get(number).lost) return this;
            if (report == null) lose(number, "it has sent a report (" + reported.kind() + ") that cannot be read");
            else reports.add(new FromWorker(number, report));
        } else if (message instanceof ControlMessage.CommandTaken taken) {
            int number = number(taken.worker());
            if (number >= 0) workers.get(number).untakenCommands--;
        } else if (message instanceof ControlMessage.Leaving leaving) {
            int number = number(leaving.worker());
            if (number >= 0) lose(number, ControlPlane.LEFT);
        }
        return this;
    }

    private void hello(ControlMessage.Hello hello) {
        if (number(hello.worker()) < 0) {
            int number = workers.size();
            workers.add(new Worker(hello.worker()));
            numbers.put(hello.worker(), number);
            getContext().watchWith(hello.worker(), new Gone(number));
            reports.add(new FromWorker(number, new Report.Joined(hello.info())));
        }
        hello.worker().tell(new ControlMessage.Welcome());
    }

    private int number(ActorRef<ToWorker> worker) {
        return numbers.getOrDefault(worker, -1);
    }

    private Behavior<Object> send(Send send) {
        if (send.worker() < 0 || send.worker() >= workers.size()) return this; // none has this number
        Worker worker = workers.get(send.worker());
        if (worker.lost) return this;
        if (worker.untakenCommands >= ControlPlane.MOST_UNTAKEN_COMMANDS) {
            lose(send.worker(), ControlPlane.UNTAKEN_COMMANDS);
            return this;
        }
        worker.untakenCommands++;
        worker.released |= send.releases();
        worker.ref.tell(send.command());
        return this;
    }

    private void lose(int number, String why) {
        Worker worker = workers.get(number);
        if (worker.lost) return;
        worker.lost = true;
        worker.ref.tell(new ControlMessage.CoordinatorLeaving()); // if it lives, it waits for nothing any more
        if (!worker.released) reports.add(new FromWorker(number, new Report.Lost(why)));
    }
}
