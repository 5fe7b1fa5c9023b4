package dev.kilonode.node.link.netty;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A thread with sockets whose owner drives it: what else the thread does, and when it reads and writes, is the owner's business. So a node can
 * live where its sockets are read, and its answer to what was read leaves at once. On that thread, but for what says otherwise.
 */
public final class DrivenLoop {

    /** What endpoints have asked for beyond it waits for the next turn: some tasks make new ones for as long as they are let. */
    private static final long LONGEST_TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Loop loop;
    private final SocketLoops sockets;
    private final Thread thread;

    /**
     * @param life what the thread does; it ends with {@link #close}
     * @param mayBlock whether {@link #turn} may wait; asked on the thread, after which a {@link #wakeUp} is not missed
     */
    public DrivenLoop(String name, Runnable life, BooleanSupplier mayBlock) {
        thread = new FastThreadLocalThread(life, name); // Netty keeps its buffers by such threads
        thread.setDaemon(true);
        loop = new Loop(thread, mayBlock);
        sockets = new SocketLoops(loop);
    }

    /** Begins its life. Any thread, once. */
    public void start() {
        thread.start();
    }

    /** For the endpoints that are to live here. Any thread. */
    public SocketLoops sockets() {
        return sockets;
    }

    /** Reads and writes what sockets are ready for, and does what endpoints have asked for, after a wait for either of {@code waitNanos} at most. */
    public void turn(long waitNanos) {
        loop.run(waitNanos > 0 ? waitNanos : -1, LONGEST_TASKS_NANOS);
    }

    /** Does what endpoints have asked for: what was sent leaves. */
    public void flush() {
        loop.runNonBlockingTasks(LONGEST_TASKS_NANOS);
    }

    /** Ends a wait. Any thread. */
    public void wakeUp() {
        loop.wakeup();
    }

    /** Closes what sockets are left. */
    public void close() {
        var terminated = loop.shutdownGracefully(0, SocketLoops.LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        while (!terminated.isDone()) loop.runNow();
    }

    /** Waits until the thread has ended. Any other thread. */
    public void join() throws InterruptedException {
        thread.join();
    }

    private static final class Loop extends ManualIoEventLoop {

        private final BooleanSupplier mayBlock;

        Loop(Thread thread, BooleanSupplier mayBlock) {
            super(thread, SocketLoops.handlers());
            this.mayBlock = mayBlock;
        }

        @Override
        protected boolean canBlock() {
            return mayBlock.getAsBoolean();
        }
    }
}
