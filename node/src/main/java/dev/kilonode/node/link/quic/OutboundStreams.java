package dev.kilonode.node.link.quic;

import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The frames that one connection is sending. On the event loop. */
final class OutboundStreams {

    private static final int FIRST_PURGE = 256;

    private final QuicFrameChannel frameChannel;
    private final ArrayDeque<OutboundStream> waiting = new ArrayDeque<>(0);

    /** Unacknowledged frames that have a stream, by the number of the stream. */
    private @Nullable LongObjectMap<OutboundStream> unacknowledged;

    private int purgeAt = FIRST_PURGE;

    OutboundStreams(QuicFrameChannel frameChannel) {
        this.frameChannel = frameChannel;
    }

    QuicFrameChannel frameChannel() {
        return frameChannel;
    }

    void start(OutboundStream stream) {
        if (!frameChannel.isUp()) return; // the connection has ended, which the endpoint reports
        if (waiting.isEmpty() && mayOpen()) {
            stream.begin(frameChannel.channel());
            frameChannel.socket().flushLater();
            return;
        }
        // The time-out is the same for all, so the failed ones come first. They are removed here while no stream is
        // free.
        while (!waiting.isEmpty() && waiting.element().isOver()) waiting.remove();
        waiting.add(stream);
    }

    void moreStreams() {
        while (!waiting.isEmpty() && mayOpen()) {
            OutboundStream next = waiting.remove();
            if (!next.isOver()) next.begin(frameChannel.channel());
        }
    }

    private boolean mayOpen() {
        return frameChannel.isUp() && frameChannel.channel().peerAllowedStreams(QuicStreamType.UNIDIRECTIONAL) > 0;
    }

    void opened(long streamId, OutboundStream stream) {
        LongObjectMap<OutboundStream> map = unacknowledged;
        if (map == null) {
            map = new LongObjectHashMap<>();
            unacknowledged = map;
        }
        map.put(QuicControlStream.number(streamId), stream);
        if (map.size() < purgeAt) return;
        map.values().removeIf(OutboundStream::isForgotten);
        purgeAt = Math.max(FIRST_PURGE, 2 * map.size());
    }

    void acknowledged(long number) {
        OutboundStream stream = unacknowledged == null ? null : unacknowledged.remove(number);
        if (stream != null) stream.acknowledged();
    }

    void clear() {
        waiting.clear();
        unacknowledged = null;
    }
}
