package dev.kilonode.node.link.quic;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Limits the datagrams that one connection sends in one turn of the event loop. Netty's codec asks QUIC's library for datagrams
 * until it has no more, which never happens for a connection that is closed while a probe of its handshake is due: see ADR 9. The
 * codec allocates the memory of each datagram from its connection's allocator, so this allocator can stop it. On the event loop.
 */
final class SendLimit extends AbstractByteBufAllocator {

    /** Datagrams after which a task detects the next turn of the loop. */
    private static final int TURN_CHECK_DATAGRAMS = 64;

    private final ByteBufAllocator memory;
    private final Channel connection;
    private final EventLoop loop;
    private final IntSupplier max;
    private final AtomicLong exceeded;
    private int datagrams;
    private boolean waiting;
    private boolean over;

    /**
     * @param max datagrams in one turn
     * @param exceeded counts the connections that had more to send, which are closed
     */
    SendLimit(QuicChannel connection, IntSupplier max, AtomicLong exceeded) {
        super(true);
        this.memory = connection.alloc();
        this.connection = connection;
        this.loop = connection.eventLoop();
        this.max = max;
        this.exceeded = exceeded;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (over) throw tooMany();
        datagrams++;
        if (datagrams >= TURN_CHECK_DATAGRAMS && !waiting) {
            waiting = true;
            loop.execute(this::nextTurn);
        }
        if (datagrams > max.getAsInt()) {
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
                "a QUIC connection had more than " + max.getAsInt() + " datagrams to send at once");
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
