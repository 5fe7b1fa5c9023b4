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
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/**
 * The coordinator's end of the control plane: numbers the workers, passes their reports on, and sends commands. A worker that leaves, or
 * whose {@link Heartbeats} stay away, is lost and removed from the cluster. Its queue is bounded, as a worker has at most
 * {@link PekkoWorkerLink#UNTAKEN_REPORTS} reports in it.
 */
final class CoordinatorActor extends AbstractBehavior<Object> {

    /** An encoded command for a worker, from this process. */
    record Send(int worker, ControlMessage.Commanded command, boolean releases) {}

    /** The program has taken a report of a worker. */
    record Taken(int worker) {}

    /** The control plane ends. */
    record Leave() {}

    private record Look() {}

    /** A watched worker has stopped, or its process was removed from the cluster. */
    private record Gone(int worker) {}

    private static final String GONE = "its process has gone, or cannot be reached";

    private static final class Worker {
        final ActorRef<ToWorker> ref;
        int untakenCommands;
        boolean released;
        boolean lost;

        Worker(ActorRef<ToWorker> ref) {
            this.ref = ref;
        }

        Address address() {
            return ref.path().address();
        }
    }

    private final Queue<FromWorker> reports;
    private final MessageCodec codec;
    private final Cluster cluster;
    private final Heartbeats heartbeats;
    private final List<Worker> workers = new ArrayList<>();
    private final Map<ActorRef<ToWorker>, Integer> numbers = new HashMap<>();

    private CoordinatorActor(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            Queue<FromWorker> reports,
            MessageCodec codec) {
        super(context);
        this.reports = reports;
        this.codec = codec;
        cluster = Cluster.get(context.getSystem());
        heartbeats = new Heartbeats(context.getSystem());
        timers.startTimerWithFixedDelay(new Look(), Heartbeats.LOOK);
    }

    /** @param reports receives the reports; used by several threads */
    static Behavior<Object> create(Queue<FromWorker> reports, MessageCodec codec) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new CoordinatorActor(context, timers, reports, codec)));
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
                    lose(gone.worker(), GONE);
                    return this;
                })
                .onMessage(Look.class, look -> look())
                .onMessage(Leave.class, leave -> {
                    for (Worker worker : workers) worker.ref.tell(new ControlMessage.CoordinatorLeaving());
                    return Behaviors.stopped();
                })
                .onSignal(PostStop.class, stopped -> {
                    for (int i = 0; i < workers.size(); i++) lose(i, "the control plane of the coordinator has ended");
                    return this;
                })
                .build();
    }

    private Behavior<Object> look() {
        for (Member member : cluster.state().getMembers()) {
            if (member.address().equals(cluster.selfMember().address()) || !heartbeats.gone(member.address())) continue;
            for (int i = 0; i < workers.size(); i++) {
                if (workers.get(i).address().equals(member.address())) lose(i, GONE);
            }
            cluster.manager().tell(new Down(member.address())); // also one that never said who it is
        }
        return this;
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
            Worker worker = new Worker(hello.worker());
            if (!isMember(worker.address())) return; // it asks again
            int number = workers.size();
            workers.add(worker);
            numbers.put(hello.worker(), number);
            getContext().watchWith(hello.worker(), new Gone(number));
            reports.add(new FromWorker(number, new Report.Joined(hello.info())));
        }
        hello.worker().tell(new ControlMessage.Welcome());
    }

    /** Only of members are there heartbeats. */
    private boolean isMember(Address process) {
        for (Member member : cluster.state().getMembers()) {
            if (member.address().equals(process)) return true;
        }
        return false;
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
        cluster.manager().tell(new Down(worker.address()));
        if (!worker.released) reports.add(new FromWorker(number, new Report.Lost(why)));
    }
}
