package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.netty.ManualEventLoop;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The thread on which some hosts live: it reads and writes their sockets, fires the timers of their nodes when the machine's clock says so, and
 * takes from its inbox what workers and other nodes have to tell them. It lives in turns. While it is held it stands still between two of
 * them, and whoever holds it may touch what lives on it.
 */
final class NodeLoop {

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Timers have their turn again after so many tasks of the inbox. */
    private static final int BATCH = 64;

    /** The inbox has its turn again after so many timers, also where more are due. */
    private static final int TIMERS = 1_024;

    /** Sockets have their turn again after so many batches. */
    private static final int BATCHES = 4;

    private final WallWorld world;
    private final int number;
    private final Engine engine = new Engine();
    private final ManualEventLoop thread;
    private final Mailbox inbox;
    private final RandomStream lockChance;
    private final RandomStream lossChance;
    private final EventLoopLag lag;
    private final FrameCounts frames = new FrameCounts();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Fair, so that who wants to hold the loop does after its present turn. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean wanted;
    private volatile boolean over;
    private long asleepNanos;

    /** Held by the thread that makes it. */
    NodeLoop(WallWorld world, int number) {
        this.world = world;
        this.number = number;
        thread = new ManualEventLoop("kilonode-nodes-" + number, this::live, this::mayBlock);
        inbox = new Mailbox(thread::wakeUp);
        lockChance = world.seeds().stream("endpoint-lock/" + number);
        lossChance = world.seeds().stream("loss/" + number);
        lag = new EventLoopLag(world, this);
        engine.schedule(lag, 0);
        turn.lock();
        thread.start();
    }

    private void live() {
        inbox.readBy(Thread.currentThread());
        while (!over) {
            turn.lock();
            try {
                turn();
            } catch (Throwable e) {
                world.fail(e); // it goes on none the less: the others here are to end in order
            } finally {
                turn.unlock();
            }
        }
        try {
            while (takeFromInbox() > 0) {} // endpoints that workers have opened just now are shut down as well
        } finally {
            inbox.close();
            thread.close();
        }
    }

    /** What nodes have to say to what was just read leaves before more is read. */
    private void turn() {
        for (int batch = 0; batch < BATCHES; batch++) {
            boolean ignored = engine.runUntil(world.nowNanos(), TIMERS); // what is still due is so in the next turn
            int taken = takeFromInbox();
            thread.flush();
            if (taken == 0) break;
        }
        long sleepNanos =
                inbox.isEmpty() ? Math.min(engine.nothingBeforeNanos() - world.nowNanos(), LONGEST_SLEEP_NANOS) : 0;
        if (sleepNanos > 0) sleep(sleepNanos);
        else thread.turn(0);
    }

    private int takeFromInbox() {
        for (int taken = 0; taken < BATCH; taken++) {
            Runnable task = inbox.poll();
            if (task == null) return taken;
            task.run();
        }
        return BATCH;
    }

    /** What of that time was no work is known from the thread's processor time. */
    private void sleep(long nanos) {
        long beforeNanos = WallClock.nanos();
        long workedNanos = threads.getCurrentThreadCpuTime();
        inbox.sleeping(true);
        thread.turn(nanos);
        inbox.sleeping(false);
        long worked = threads.getCurrentThreadCpuTime() - workedNanos;
        asleepNanos += Math.max(0, WallClock.nanos() - beforeNanos - worked);
    }

    private boolean mayBlock() {
        return inbox.isEmpty() && !wanted && !over;
    }

    /** It is to stand still soon; {@link #hold} waits for that. Any thread. */
    void want() {
        wanted = true;
        thread.wakeUp();
    }

    /** Returns when it stands still, for as long as the calling thread wants. */
    void hold() {
        turn.lock();
        wanted = false;
    }

    /** It goes on. The thread that held it. */
    void release() {
        turn.unlock();
    }

    /** Closes its sockets and ends the thread; returns when that is done. Not while it is held. */
    void close() {
        over = true;
        thread.wakeUp();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int number() {
        return number;
    }

    /** Its wheel, which its own clock drives. */
    Engine engine() {
        return engine;
    }

    /** Calls {@code task} here. Any thread. */
    void execute(Runnable task) {
        inbox.execute(task);
    }

    /** Calls {@code task} here, {@code delayNanos} from now. */
    void after(long delayNanos, Runnable task) {
        engine.schedule(world.nowNanos() - engine.nowNanos() + delayNanos, task);
    }

    Mailbox inbox() {
        return inbox;
    }

    /** The event loop of its nodes' sockets. */
    SocketLoops sockets() {
        return thread.sockets();
    }

    RandomStream lockChance() {
        return lockChance;
    }

    RandomStream lossChance() {
        return lossChance;
    }

    /** What became of the frames of its nodes. */
    FrameCounts frames() {
        return frames;
    }

    EventLoopLag lag() {
        return lag;
    }

    /** Time for which it was asleep. */
    long asleepNanos() {
        return asleepNanos;
    }
}
