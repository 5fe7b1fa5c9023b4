package dev.kilonode.cluster;

import dev.kilonode.cluster.ControlMessage.ToCoordinator;
import dev.kilonode.cluster.ControlMessage.ToWorker;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.WorkerInfo;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A worker's end of the control plane: greets the coordinator until it is taken, and passes commands on. A coordinator whose
 * {@link Heartbeats} stay away is lost.
 */
final class WorkerActor extends AbstractBehavior<Object> {

    /** An encoded report of this process. */
    record Send(String kind, byte[] content) {}

    /** The program has taken a command. */
    record Taken() {}

    /** The link ends. */
    record Leave() {}

    private record Look() {}

    private record CoordinatorGone() {}

    private static final String GONE = "the coordinator has gone, or cannot be reached";

    /** What the link of this worker is told. */
    interface Listener {
        void command(Command command);

        void reportTaken();

        /** There are no more commands. */
        void lost(String why);
    }

    private final ActorRef<ToCoordinator> coordinator;
    private final Heartbeats heartbeats;
    private final ActorRef<ToWorker> self;
    private final WorkerInfo info;
    private final MessageCodec codec;
    private final Listener listener;
    private final CountDownLatch welcome;

    private WorkerActor(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            String coordinatorPath,
            WorkerInfo info,
            MessageCodec codec,
            Listener listener,
            CountDownLatch welcome) {
        super(context);
        coordinator = ActorRefResolver.get(context.getSystem()).resolveActorRef(coordinatorPath);
        self = context.getSelf().narrow();
        this.info = info;
        this.codec = codec;
        this.listener = listener;
        this.welcome = welcome;
        heartbeats = new Heartbeats(context.getSystem());
        timers.startTimerWithFixedDelay(new Look(), Duration.ZERO, Heartbeats.LOOK);
    }

    /** @param welcome is counted down when the coordinator has taken this worker */
    static Behavior<Object> create(
            String coordinatorPath, WorkerInfo info, MessageCodec codec, Listener listener, CountDownLatch welcome) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new WorkerActor(context, timers, coordinatorPath, info, codec, listener, welcome)));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> {
                    if (welcome.getCount() > 0) coordinator.tell(new ControlMessage.Hello(self, info));
                    else if (heartbeats.gone(coordinator.path().address())) listener.lost(GONE);
                    return this;
                })
                .onMessage(ToWorker.class, this::received)
                .onMessage(Send.class, send -> {
                    coordinator.tell(new ControlMessage.Reported(self, send.kind(), send.content()));
                    return this;
                })
                .onMessage(Taken.class, taken -> {
                    coordinator.tell(new ControlMessage.CommandTaken(self));
                    return this;
                })
                .onMessage(CoordinatorGone.class, gone -> {
                    listener.lost(GONE);
                    return this;
                })
                .onMessage(Leave.class, leave -> {
                    coordinator.tell(new ControlMessage.Leaving(self));
                    return Behaviors.stopped();
                })
                .build();
    }

    private Behavior<Object> received(ToWorker message) {
        if (message instanceof ControlMessage.Welcome) {
            if (welcome.getCount() > 0) getContext().watchWith(coordinator, new CoordinatorGone());
            welcome.countDown();
        } else if (message instanceof ControlMessage.Commanded commanded) {
            Command command = codec.command(commanded.kind(), commanded.content());
            if (command == null) listener.lost("the coordinator has sent a command that cannot be read");
            else listener.command(command);
        } else if (message instanceof ControlMessage.ReportTaken) {
            listener.reportTaken();
        } else if (message instanceof ControlMessage.CoordinatorLeaving) {
            listener.lost("the coordinator has left");
        }
        return this;
    }
}
