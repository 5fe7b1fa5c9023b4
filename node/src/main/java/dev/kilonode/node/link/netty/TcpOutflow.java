package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Outgoing;
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
 * The frames that leave over one TCP connection. They take turns by parts, so that a large one delays others by a part and what
 * the socket's buffers hold, not by all of itself. What waits is bounded by the connection. On the event loop, but for {@link #send}.
 */
final class TcpOutflow {

    /** What one write gathers of small frames. */
    private static final int WRITE_BYTES = TcpRecord.PART_BYTES;

    /** Bytes before a frame's first part. */
    private static final int HEADER_BYTES = TcpRecord.LENGTH_BYTES + TcpRecord.TYPE_BYTES + TcpRecord.NUMBER_BYTES + 4;

    private static final int FIRST_PURGE = 1024;

    private final Channel channel;
    private final TcpReceipts receipts;

    /** Those that are new, the latest first. */
    private final AtomicReference<@Nullable Turn> fresh = new AtomicReference<>();

    private final Runnable drain = this::drain;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final IntObjectMap<Outgoing> unacknowledged = new IntObjectHashMap<>();
    private int purgeAt = FIRST_PURGE;
    private int numbers;
    private boolean pumping;
    private boolean closed;

    /** A frame that is leaving. */
    private static final class Turn {
        final Outgoing outgoing;
        final byte[] bytes;

        @Nullable
        Turn earlier;

        int number;
        int offset;

        Turn(Outgoing outgoing, byte[] bytes) {
            this.outgoing = outgoing;
            this.bytes = bytes;
        }
    }

    /** @param receipts what leaves together with the next frame */
    TcpOutflow(Channel channel, TcpReceipts receipts) {
        this.channel = channel;
        this.receipts = receipts;
    }

    /** Any thread. */
    void send(Outgoing outgoing) {
        byte[] bytes = outgoing.frame().bytes();
        if (bytes == null) throw new IllegalArgumentException("a frame without bytes cannot cross a socket");
        Turn turn = new Turn(outgoing, bytes);
        Turn earlier;
        do {
            earlier = fresh.get();
            turn.earlier = earlier;
        } while (!fresh.compareAndSet(earlier, turn));
        if (earlier != null) return; // they are about to be fetched
        try {
            channel.eventLoop().execute(drain);
        } catch (RejectedExecutionException e) {
            fresh.set(null); // the loops have been closed; the time-outs of the frames tell
        }
    }

    /** The other end has received a frame of this number. */
    void acknowledged(int number) {
        Outgoing outgoing = unacknowledged.remove(number);
        if (outgoing != null) outgoing.acknowledged();
    }

    /** Nothing leaves any more. */
    void close() {
        closed = true;
        turns.clear();
        unacknowledged.clear();
    }

    /** The socket may take more. */
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
            if (closed || turn.outgoing.isOver()) continue;
            turn.number = numbers++;
            unacknowledged.put(turn.number, turn.outgoing);
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
        ByteBuf buffer = channel.alloc().directBuffer(receipts.bytes() + sizeOfWrite());
        receipts.moveTo(buffer);
        Outgoing only = null;
        List<Outgoing> several = null;
        do {
            Turn turn = turns.remove();
            if (turn.offset == 0 && turn.outgoing.isOver()) {
                unacknowledged.remove(turn.number);
                continue;
            }
            writePart(turn, buffer);
            if (turn.offset < turn.bytes.length) {
                turns.add(turn);
            } else if (only == null) {
                only = turn.outgoing;
            } else {
                if (several == null) several = new ArrayList<>();
                several.add(turn.outgoing);
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
            TcpRecord.begin(to, numbered + TcpRecord.URGENCY_BYTES, TcpRecord.WHOLE)
                    .writeInt(turn.number)
                    .writeByte(turn.outgoing.urgency().ordinal());
        } else if (turn.offset == 0) {
            TcpRecord.begin(to, numbered + 4, TcpRecord.FIRST)
                    .writeInt(turn.number)
                    .writeInt(size);
        } else {
            TcpRecord.begin(to, numbered, TcpRecord.MORE).writeInt(turn.number);
        }
        to.writeBytes(turn.bytes, turn.offset, part);
        turn.offset += part;
    }

    /** Forgets those that nobody waits for any more: a peer that acknowledges nothing costs no memory for ever. */
    private void purge() {
        unacknowledged.values().removeIf(Outgoing::isOver);
        purgeAt = Math.max(FIRST_PURGE, 2 * unacknowledged.size());
    }

    /** The operating system has taken a write with the last bytes of these frames. */
    private record Left(Outgoing only, @Nullable List<Outgoing> several) implements ChannelFutureListener {

        @Override
        public void operationComplete(ChannelFuture done) {
            if (!done.isSuccess()) return; // the connection has ended, which is told otherwise
            only.left();
            if (several != null) several.forEach(Outgoing::left);
        }
    }
}
