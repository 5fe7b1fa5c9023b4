package dev.kilonode.node.link.netty;

import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The frames of one line that are on their way out. On the event loop. */
final class QuicDepartures {

    private static final int FEWEST_TO_CLEAN = 256;

    private final QuicLine line;
    private final ArrayDeque<QuicDeparture> waiting = new ArrayDeque<>(0);

    /** Those that have a stream and are not acknowledged, by the stream's number. */
    private @Nullable LongObjectMap<QuicDeparture> departed;

    private int cleanAt = FEWEST_TO_CLEAN;

    QuicDepartures(QuicLine line) {
        this.line = line;
    }

    QuicLine line() {
        return line;
    }

    void depart(QuicDeparture departure) {
        if (!line.isUp()) return; // its connection has ended, which the endpoint tells
        if (waiting.isEmpty() && mayOpen()) {
            departure.begin(line.channel());
            line.socket().leave();
            return;
        }
        // All wait equally long at most, so those given up come first. Nobody else takes them out while no stream is
        // free.
        while (!waiting.isEmpty() && waiting.element().isOver()) waiting.remove();
        waiting.add(departure);
    }

    void moreStreams() {
        while (!waiting.isEmpty() && mayOpen()) {
            QuicDeparture next = waiting.remove();
            if (!next.isOver()) next.begin(line.channel());
        }
    }

    private boolean mayOpen() {
        return line.isUp() && line.channel().peerAllowedStreams(QuicStreamType.UNIDIRECTIONAL) > 0;
    }

    void departed(long streamId, QuicDeparture departure) {
        LongObjectMap<QuicDeparture> map = departed;
        if (map == null) {
            map = new LongObjectHashMap<>();
            departed = map;
        }
        map.put(QuicRemarks.number(streamId), departure);
        if (map.size() < cleanAt) return;
        map.values().removeIf(QuicDeparture::isForgotten);
        cleanAt = Math.max(FEWEST_TO_CLEAN, 2 * map.size());
    }

    void acknowledged(long number) {
        QuicDeparture departure = departed == null ? null : departed.remove(number);
        if (departure != null) departure.acknowledged();
    }

    void clear() {
        waiting.clear();
        departed = null;
    }
}
