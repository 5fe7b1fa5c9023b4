package dev.kilonode.node.link.netty;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop and its thread, driven by the code that runs on the thread: the owner decides when sockets are read and written. So a node
 * can live on the thread that reads its sockets, and its answers leave at once. On that thread, unless stated otherwise.
 */
public final class ManualEventLoop {

    /** The longest time for tasks in one turn. Further tasks wait for the next turn, because tasks can add tasks without end. */
    private static final long LONGEST_TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Loop loop;
    private final SocketLoops sockets;
    private final Thread thread;

    /**
     * @param body what the thread runs; it ends with {@link #close}
     * @param mayBlock whether {@link #turn} may wait; asked on the thread, after which no {@link #wakeUp} is missed
     */
    public ManualEventLoop(String name, Runnable body, BooleanSupplier mayBlock) {
        thread = new FastThreadLocalThread(body, name); // Netty caches buffers for such threads
        thread.setDaemon(true);
        loop = new Loop(thread, mayBlock);
        sockets = new SocketLoops(loop);
    }

    /** Starts the thread. Any thread, once. */
    public void start() {
        thread.start();
    }

    /** For the endpoints on this loop. Any thread. */
    public SocketLoops sockets() {
        return sockets;
    }

    /** Waits at most {@code waitNanos} for sockets or tasks, then reads and writes the ready sockets and runs the tasks. */
    public void turn(long waitNanos) {
        loop.run(waitNanos > 0 ? waitNanos : -1, LONGEST_TASKS_NANOS);
    }

    /** Runs the tasks, without reading sockets: frames that were sent leave. */
    public void flush() {
        loop.runNonBlockingTasks(LONGEST_TASKS_NANOS);
    }

    /** Ends a wait. Any thread. */
    public void wakeUp() {
        loop.wakeup();
    }

    /** Closes the remaining sockets. */
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
