package dev.kilonode.simulator.run.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A control plane within one JVM: the coordinator in one thread, each worker in another. It uses no socket and no thread of its own. Tests
 * simulate losses with {@link #loseWorker} and {@link #loseCoordinator}.
 *
 * <p>One lock guards everything: the rate of messages is low. Holds: each worker has at most {@link #UNTAKEN_REPORTS} reports in
 * {@code arrived}, its {@link Report.Joined} and {@link Report.Lost} not counted.
 */
public final class InProcessControlPlane implements ControlPlane {

    /** A worker with this many reports that the coordinator has not taken is held back. */
    public static final int UNTAKEN_REPORTS = 64;

    private static final String ADDRESS = "in this process";

    private final Object lock = new Object();
    private final Queue<FromWorker> arrived = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();
    private boolean closed;

    /** Adds a worker. */
    public CoordinatorLink join(WorkerInfo worker) {
        WorkerInfo told = worker.at(ADDRESS);
        synchronized (lock) {
            Link link = new Link(links.size());
            links.add(link);
            if (closed) {
                link.lose("the coordinator has left");
            } else {
                arrived.add(new FromWorker(link.number, new Report.Joined(told)));
                lock.notifyAll();
            }
            return link;
        }
    }

    /** Simulates the loss of a worker: what it has sent arrives, and nothing more. */
    public void loseWorker(int worker, String why) {
        synchronized (lock) {
            Link link = links.get(worker);
            gone(link, why);
            link.lose(why);
        }
    }

    /** Simulates the loss of the coordinator. */
    public void loseCoordinator(String why) {
        synchronized (lock) {
            closed = true;
            arrived.clear();
            for (Link link : links) link.lose(why);
            lock.notifyAll();
        }
    }

    @Override
    public String address() {
        return ADDRESS;
    }

    @Override
    public void send(int worker, Command command) {
        synchronized (lock) {
            Link link = links.get(worker);
            if (link.lost) return;
            if (link.commands.size() >= MOST_UNTAKEN_COMMANDS) {
                loseWorker(worker, UNTAKEN_COMMANDS);
                return;
            }
            link.released |= command.releases();
            link.commands.add(command);
            lock.notifyAll();
        }
    }

    @Override
    public @Nullable FromWorker poll(Duration atMost) throws InterruptedException {
        synchronized (lock) {
            FromWorker next = take(arrived, atMost);
            if (next != null && links.get(next.worker()).untaken > 0) {
                if (counts(next.report())) links.get(next.worker()).untaken--;
                lock.notifyAll();
            }
            return next;
        }
    }

    @Override
    public ControlCost cost() {
        return ControlCost.NONE;
    }

    @Override
    public void close() {
        loseCoordinator("the coordinator has left");
    }

    private static boolean counts(Report report) {
        return !(report instanceof Report.Joined) && !(report instanceof Report.Lost);
    }

    /** Called with the lock held. */
    private void gone(Link link, String why) {
        if (link.lost || closed) return;
        if (!link.released) arrived.add(new FromWorker(link.number, new Report.Lost(why)));
        lock.notifyAll();
    }

    /** Called with the lock held. */
    private <T> @Nullable T take(Queue<T> queue, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (queue.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) return null;
            TimeUnit.NANOSECONDS.timedWait(lock, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        return queue.remove();
    }

    /** The side of one worker. */
    private final class Link implements CoordinatorLink {

        private final int number;
        private final Queue<Command> commands = new ArrayDeque<>();
        private int untaken;
        private boolean released;
        private boolean lost;

        Link(int number) {
            this.number = number;
        }

        @Override
        public void send(Report report) {
            synchronized (lock) {
                while (untaken >= UNTAKEN_REPORTS && !lost) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new ClusterException("interrupted while a report waited for the coordinator", e);
                    }
                }
                if (lost) return;
                untaken++;
                arrived.add(new FromWorker(number, report));
                lock.notifyAll();
            }
        }

        @Override
        public @Nullable Command poll(Duration atMost) throws InterruptedException {
            synchronized (lock) {
                return take(commands, atMost);
            }
        }

        @Override
        public ControlCost cost() {
            return ControlCost.NONE;
        }

        @Override
        public void close() {
            synchronized (lock) {
                gone(this, LEFT);
                lost = true;
                lock.notifyAll();
            }
        }

        private void lose(String why) {
            if (lost) return;
            lost = true;
            commands.add(new Command.CoordinatorLost(why));
            lock.notifyAll();
        }
    }
}
