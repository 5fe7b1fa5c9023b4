package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.base.PendingWrite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one TCP connection. Frames take turns, part by part: a large frame delays others by one part and by what
 * the socket's buffers hold, not by all of itself. The connection bounds what waits here. On the event loop, except {@link #send}.
 */
final class FrameWriter {

    /** The most bytes of small frames in one write. */
    private static final int WRITE_BYTES = TcpRecord.PART_BYTES;

    /** The most bytes of a record before the part of the frame. */
    private static final int HEADER_BYTES = TcpRecord.LENGTH_BYTES + TcpRecord.TYPE_BYTES + TcpRecord.NUMBER_BYTES + 4;

    private static final int FIRST_PURGE = 1024;

    private final Channel channel;
    private final AckBatcher acks;

    /** New frames, the latest first. */
    private final AtomicReference<@Nullable Turn> fresh = new AtomicReference<>();

    private final Runnable drain = this::drain;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final IntObjectMap<PendingWrite> unacknowledged = new IntObjectHashMap<>();
    private int purgeAt = FIRST_PURGE;
    private int numbers;
    private boolean pumping;
    private boolean closed;

    /** A frame that is being written. */
    private static final class Turn {
        final PendingWrite pending;
        final byte[] bytes;

        @Nullable
        Turn earlier;

        int number;
        int offset;

        Turn(PendingWrite pending, byte[] bytes) {
            this.pending = pending;
            this.bytes = bytes;
        }
    }

    /** @param acks acknowledgements to send with the next frame */
    FrameWriter(Channel channel, AckBatcher acks) {
        this.channel = channel;
        this.acks = acks;
    }

    /** Any thread. */
    void send(PendingWrite pending) {
        byte[] bytes = pending.frame().bytes();
        if (bytes == null) throw new IllegalArgumentException("a frame without bytes cannot cross a socket");
        Turn turn = new Turn(pending, bytes);
        Turn earlier;
        do {
            earlier = fresh.get();
            turn.earlier = earlier;
        } while (!fresh.compareAndSet(earlier, turn));
        if (earlier != null) return; // a drain is scheduled already
        try {
            channel.eventLoop().execute(drain);
        } catch (RejectedExecutionException e) {
            fresh.set(null); // the loops have ended; the sends time out
        }
    }

    /** The remote end has received the frame with this number. */
    void acknowledged(int number) {
        PendingWrite pending = unacknowledged.remove(number);
        if (pending != null) pending.acknowledged();
    }

    /** Stops writing and forgets all frames. */
    void close() {
        closed = true;
        turns.clear();
        unacknowledged.clear();
    }

    /** Writes as much as the socket takes. */
    void pump() {
        if (pumping || turns.isEmpty()) return;
        pumping = true; // flushing may call back
        do {
            while (channel.isWritable() && !turns.isEmpty()) write();
            channel.flush();
        } while (channel.isWritable() && !turns.isEmpty());
        pumping = false;
    }

    private void drain() {
        Turn next = earliestFirst(fresh.getAndSet(null));
        while (next != null) {
            Turn turn = next;
            next = turn.earlier;
            turn.earlier = null;
            if (closed || turn.pending.isOver()) continue;
            turn.number = numbers++;
            unacknowledged.put(turn.number, turn.pending);
            turns.add(turn);
        }
        if (unacknowledged.size() >= purgeAt) purge();
        pump();
    }

    private static @Nullable Turn earliestFirst(@Nullable Turn latest) {
        Turn first = null;
        for (Turn turn = latest; turn != null; ) {
            Turn earlier = turn.earlier;
            turn.earlier = first;
            first = turn;
            turn = earlier;
        }
        return first;
    }

    private void write() {
        ByteBuf buffer = channel.alloc().directBuffer(acks.bytes() + sizeOfWrite());
        acks.moveTo(buffer);
        PendingWrite only = null;
        List<PendingWrite> several = null;
        do {
            Turn turn = turns.remove();
            if (turn.offset == 0 && turn.pending.isOver()) {
                unacknowledged.remove(turn.number);
                continue;
            }
            writePart(turn, buffer);
            if (turn.offset < turn.bytes.length) {
                turns.add(turn);
            } else if (only == null) {
                only = turn.pending;
            } else {
                if (several == null) several = new ArrayList<>();
                several.add(turn.pending);
            }
        } while (!turns.isEmpty() && buffer.readableBytes() + sizeOfPart(turns.element()) <= WRITE_BYTES);
        ChannelFuture written = channel.write(buffer);
        if (only != null) written.addListener(new Left(only, several));
    }

    private int sizeOfWrite() {
        int size = 0;
        for (Turn turn : turns) {
            int part = sizeOfPart(turn);
            if (size > 0 && size + part > WRITE_BYTES) break;
            size += part;
        }
        return size;
    }

    private static int sizeOfPart(Turn turn) {
        return HEADER_BYTES + Math.min(TcpRecord.PART_BYTES, turn.bytes.length - turn.offset);
    }

    private static void writePart(Turn turn, ByteBuf to) {
        int size = turn.bytes.length;
        int part = Math.min(TcpRecord.PART_BYTES, size - turn.offset);
        int numbered = TcpRecord.TYPE_BYTES + TcpRecord.NUMBER_BYTES + part;
        if (size <= TcpRecord.PART_BYTES) {
            TcpRecord.begin(to, numbered + TcpRecord.POLICY_BYTES, TcpRecord.FRAME)
                    .writeInt(turn.number)
                    .writeByte(turn.pending.ackPolicy().ordinal());
        } else if (turn.offset == 0) {
            TcpRecord.begin(to, numbered + 4, TcpRecord.START)
                    .writeInt(turn.number)
                    .writeInt(size);
        } else {
            TcpRecord.begin(to, numbered, TcpRecord.PART).writeInt(turn.number);
        }
        to.writeBytes(turn.bytes, turn.offset, part);
        turn.offset += part;
    }

    /** Forgets frames whose sends have failed, so that a peer that acknowledges nothing costs no unbounded memory. */
    private void purge() {
        unacknowledged.values().removeIf(PendingWrite::isOver);
        purgeAt = Math.max(FIRST_PURGE, 2 * unacknowledged.size());
    }

    /** Reports that the operating system has taken a write that contains the last bytes of these frames. */
    private record Left(PendingWrite only, @Nullable List<PendingWrite> several) implements ChannelFutureListener {

        @Override
        public void operationComplete(ChannelFuture done) {
            if (!done.isSuccess()) return; // the connection has ended, which is reported elsewhere
            only.left();
            if (several != null) several.forEach(PendingWrite::left);
        }
    }
}
