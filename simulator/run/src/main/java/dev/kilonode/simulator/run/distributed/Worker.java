package dev.kilonode.simulator.run.distributed;

import dev.kilonode.simulator.kernel.engine.InterruptedRunException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker: gets one part of a run, prepares it, begins when it is told, and reports each window. It ends with the run, or when its
 * coordinator is lost. A thread of its own takes the commands, so that a busy part does not delay an answer.
 */
public final class Worker {

    /** How a worker ended. */
    public enum End {
        /** The run is over. */
        FINISHED,
        /** The coordinator does not take this worker, or has no run for it. */
        REFUSED,
        /** The coordinator is gone. */
        LOST,
        /** The part failed; the coordinator knows. */
        FAILED
    }

    /** How a worker ended, and why. */
    public record Result(End end, String words) {}

    /** A part that takes longer to end after it was told is ended with its process. Nodes are then gone 30 s after the coordinator. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final CoordinatorLink link;
    private final WorkerSetup setup;
    private final BlockingQueue<Command> commands =
            new LinkedBlockingQueue<>(); // a coordinator sends a handful to a worker
    private final CountDownLatch done = new CountDownLatch(1);
    private final WorkerControl control;
    private int made;

    public Worker(CoordinatorLink link, WorkerSetup setup) {
        this.link = link;
        this.setup = setup;
        control = new WorkerControl(link);
    }

    /** Serves one run. */
    public Result serve() throws InterruptedException {
        Thread taker = new Thread(this::take, "kilonode-worker-commands");
        taker.setDaemon(true);
        taker.start();
        try {
            return serveRun();
        } finally {
            done.countDown();
            taker.join();
        }
    }

    /** Number of whole runs that this worker has begun to make. */
    public int made() {
        return made;
    }

    /** Ends as if the coordinator were lost. Any thread. */
    public void leave(String why) {
        Command.CoordinatorLost left = new Command.CoordinatorLost(why);
        control.command(left);
        commands.add(left);
    }

    private Result serveRun() throws InterruptedException {
        while (true) {
            Command command = commands.take();
            if (command instanceof Command.Assign assign) return execute(assign);
            if (command instanceof Command.Make make) {
                setup.make(make, link, control);
                made++;
            }
            if (command instanceof Command.Finish && made == 0) {
                return new Result(End.REFUSED, "there was no run for this worker; the coordinator says why");
            }
            Result result = ended(command);
            if (result != null) return result;
        }
    }

    private Result execute(Command.Assign assign) throws InterruptedException {
        setup.log()
                .println("worker " + assign.assignment().part() + " of the "
                        + assign.assignment().parts() + " of "
                        + assign.assignment().run());
        try (WorkerPart part = WorkerPart.prepare(assign.assignment(), setup, link, control)) {
            Command command = commands.take();
            for (; !(command instanceof Command.Begin); command = commands.take()) {
                Result result = ended(command);
                if (result != null) return result;
            }
            part.run((Command.Begin) command);
        } catch (InterruptedRunException e) {
            // told to end while it prepared
        } catch (RuntimeException | Error e) {
            if (control.isLost()) return new Result(End.LOST, control.whyStopped());
            Report.Failed failed = setup.failure(e);
            setup.log().println(failed.words());
            link.send(failed);
            return new Result(End.FAILED, failed.words());
        }
        return awaitEnd();
    }

    /** The reports are sent; the coordinator says when it has them all. */
    private Result awaitEnd() throws InterruptedException {
        while (true) {
            Result result =
                    ended(commands.take()); // in order: a coordinator that leaves has first said that the run is over
            if (result != null) return result;
        }
    }

    private @Nullable Result ended(Command command) {
        if (command instanceof Command.Finish) {
            return new Result(
                    End.FINISHED,
                    made == 0
                            ? "the run is over; the coordinator has its verdict"
                            : "all runs have been made, " + made + " of them here");
        }
        if (command instanceof Command.Refuse refuse) return new Result(End.REFUSED, refuse.why());
        if (command instanceof Command.CoordinatorLost lost) return new Result(End.LOST, lost.why());
        return null;
    }

    /** Takes the commands; on its own thread. */
    private void take() {
        try {
            while (done.getCount() > 0) {
                Command command = link.poll(Duration.ofMillis(200));
                if (command == null) continue;
                if (command instanceof Command.Ping ping) {
                    link.send(new Report.Pong(ping.sentNanos(), System.nanoTime(), System.currentTimeMillis()));
                    continue;
                }
                control.command(command);
                commands.add(command);
                boolean last = command instanceof Command.CoordinatorLost;
                if (last && !done.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) setup.halt();
                if (last) return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
