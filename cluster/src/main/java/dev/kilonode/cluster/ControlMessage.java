package dev.kilonode.cluster;

import dev.kilonode.simulator.run.control.WorkerInfo;
import org.apache.pekko.actor.typed.ActorRef;

/** What the actors of the control plane send each other between processes, as CBOR. No other class can be read from the network. */
sealed interface ControlMessage {

    /** To the coordinator. */
    sealed interface ToCoordinator extends ControlMessage {}

    /** To a worker. */
    sealed interface ToWorker extends ControlMessage {}

    /** A worker asks to be taken; repeated until it is {@link Welcome}. */
    record Hello(ActorRef<ToWorker> worker, WorkerInfo info) implements ToCoordinator {}

    /** A report, encoded by {@link MessageCodec}. */
    record Reported(ActorRef<ToWorker> worker, String kind, byte[] content) implements ToCoordinator {}

    /** The worker has taken a command. */
    record CommandTaken(ActorRef<ToWorker> worker) implements ToCoordinator {}

    /** The worker leaves: there are no more reports. */
    record Leaving(ActorRef<ToWorker> worker) implements ToCoordinator {}

    /** The coordinator has taken the worker. */
    record Welcome() implements ToWorker {}

    /** A command, encoded by {@link MessageCodec}. */
    record Commanded(String kind, byte[] content) implements ToWorker {}

    /** The coordinator has taken a report. */
    record ReportTaken() implements ToWorker {}

    /** The coordinator leaves: there are no more commands. */
    record CoordinatorLeaving() implements ToWorker {}
}
