package dev.kilonode.node.link.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Bounds the datagrams of one connection that leave in one turn of the event loop. Netty's codec takes what QUIC's library has to send until the
 * library says that this was all, which it never does for a connection that is closed while a probe of its handshake is due: see ADR 9. The
 * codec asks its connection's allocator for the memory of each datagram, so this is where it can be stopped. On the event loop.
 */
final class SendLimit extends AbstractByteBufAllocator {

    /** Datagrams after which the next turn of the loop is waited for. */
    private static final int LOOK_EVERY = 64;

    private final ByteBufAllocator memory;
    private final Channel connection;
    private final EventLoop loop;
    private final IntSupplier most;
    private final AtomicLong exceeded;
    private int datagrams;
    private boolean waiting;
    private boolean over;

    /**
     * @param most datagrams in one turn
     * @param exceeded counts the connections that wanted more, which are closed
     */
    SendLimit(QuicChannel connection, IntSupplier most, AtomicLong exceeded) {
        super(true);
        this.memory = connection.alloc();
        this.connection = connection;
        this.loop = connection.eventLoop();
        this.most = most;
        this.exceeded = exceeded;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (over) throw tooMany();
        datagrams++;
        if (datagrams >= LOOK_EVERY && !waiting) {
            waiting = true;
            loop.execute(this::nextTurn);
        }
        if (datagrams > most.getAsInt()) {
            over = true;
            exceeded.incrementAndGet();
            loop.execute(() -> {
                var unused = connection.close();
            });
            throw tooMany();
        }
        return memory.directBuffer(initialCapacity, maxCapacity);
    }

    private void nextTurn() {
        waiting = false;
        datagrams = 0;
    }

    private IllegalStateException tooMany() {
        return new IllegalStateException(
                "a QUIC connection had more than " + most.getAsInt() + " datagrams to send at once");
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return memory.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return memory.isDirectBufferPooled();
    }
}
