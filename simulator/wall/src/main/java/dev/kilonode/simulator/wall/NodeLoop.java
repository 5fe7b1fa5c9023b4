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
 * The thread of some hosts. It reads and writes their sockets, fires the timers of their nodes by the machine's clock, and runs tasks of
 * workers and other loops from its mailbox. It works in turns. A thread that holds the loop pauses it between two turns and may access its
 * hosts meanwhile.
 */
final class NodeLoop {

    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The most tasks of the mailbox before timers get a turn. */
    private static final int BATCH = 64;

    /** The most timers before the mailbox gets a turn. */
    private static final int TIMERS = 1_024;

    /** The most batches before sockets get a turn. */
    private static final int BATCHES = 4;

    private final WallWorld world;
    private final int number;
    private final Engine engine = new Engine();
    private final ManualEventLoop thread;
    private final Mailbox inbox;
    private final RandomStream lockRandom;
    private final RandomStream lossRandom;
    private final EventLoopLag lag;
    private final FrameCounts frames = new FrameCounts();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Fair, so that a thread that waits for the loop gets it after the current turn. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean wanted;
    private volatile boolean over;
    private long asleepNanos;

    /** The new loop is held by the calling thread. */
    NodeLoop(WallWorld world, int number) {
        this.world = world;
        this.number = number;
        thread = new ManualEventLoop("kilonode-nodes-" + number, this::run, this::mayBlock);
        inbox = new Mailbox(thread::wakeUp);
        lockRandom = world.seeds().stream("endpoint-lock/" + number);
        lossRandom = world.seeds().stream("loss/" + number);
        lag = new EventLoopLag(world, this);
        engine.schedule(lag, 0);
        turn.lock();
        thread.start();
    }

    private void run() {
        inbox.readBy(Thread.currentThread());
        while (!over) {
            turn.lock();
            try {
                turn();
            } catch (Throwable e) {
                world.fail(e); // the loop continues, so that its other nodes can be shut down in order
            } finally {
                turn.unlock();
            }
        }
        try {
            while (takeFromInbox() > 0) {} // endpoints opened by workers meanwhile are shut down as well
        } finally {
            inbox.close();
            thread.close();
        }
    }

    /** Writes the replies to the messages read so far before it reads more. */
    private void turn() {
        for (int batch = 0; batch < BATCHES; batch++) {
            boolean ignored = engine.runUntil(world.nowNanos(), TIMERS); // other due timers fire in the next turn
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

    /** Counts the part of the wait that was sleep: the rest is the processor time of the thread. */
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

    /** Asks the loop to pause; {@link #hold} waits for that. Any thread. */
    void want() {
        wanted = true;
        thread.wakeUp();
    }

    /** Pauses the loop until {@link #release}. Returns when it is paused. */
    void hold() {
        turn.lock();
        wanted = false;
    }

    /** Resumes the loop. Called on the thread that holds it. */
    void release() {
        turn.unlock();
    }

    /** Closes the sockets of the loop and ends its thread. Returns when that is done. Must not be called while the loop is held. */
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

    /** The timers of its nodes, driven by the machine's clock. */
    Engine engine() {
        return engine;
    }

    /** Runs {@code task} on the loop. Any thread. */
    void execute(Runnable task) {
        inbox.execute(task);
    }

    /** Runs {@code task} on the loop, {@code delayNanos} from now. */
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

    RandomStream lockRandom() {
        return lockRandom;
    }

    RandomStream lossRandom() {
        return lossRandom;
    }

    /** The outcomes of the frames of its nodes. */
    FrameCounts frames() {
        return frames;
    }

    EventLoopLag lag() {
        return lag;
    }

    /** Total time asleep. */
    long asleepNanos() {
        return asleepNanos;
    }
}
