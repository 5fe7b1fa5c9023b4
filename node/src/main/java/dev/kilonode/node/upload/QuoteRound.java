package dev.kilonode.node.upload;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage.QuoteReply;
import dev.kilonode.node.wire.ChunkMessage.QuoteRequest;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks the peers closest to a chunk for quotes, all at once, waits until all have answered or failed or until the deadline, and keeps the
 * closest answers. Closed loop: one request to each peer.
 */
final class QuoteRound implements RequestListener {

    private enum State {
        ASKING,
        ENDED
    }

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final UploadConfig config;
    private final UploadTally tally;
    private final Chunk chunk;
    private final List<PeerRecord> asked;
    private final boolean[] answered;
    private final Consumer<List<PeerRecord>> then;

    private State state = State.ASKING;
    private Timer deadline = () -> {};
    private int outstanding;

    /**
     * @param closest peers by distance to the chunk, nearest first; the first of them are asked
     * @param then called once with the peers whose answers are kept, nearest first
     */
    QuoteRound(
            NodeRuntime runtime,
            Messenger messenger,
            UploadConfig config,
            UploadTally tally,
            Chunk chunk,
            List<PeerRecord> closest,
            Consumer<List<PeerRecord>> then) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.tally = tally;
        this.chunk = chunk;
        this.asked = closest.subList(0, Math.min(config.quotePeers(), closest.size()));
        this.answered = new boolean[asked.size()];
        this.then = then;
    }

    void begin() {
        outstanding = asked.size();
        if (outstanding == 0) {
            end();
            return;
        }
        deadline = runtime.schedule(config.quoteDeadline().toNanos(), this::end);
        for (PeerRecord peer : asked) {
            tally.requests++;
            messenger.request(
                    peer,
                    new QuoteRequest(messenger.nextRequestId(), chunk.address(), chunk.length()),
                    config.quoteTimeout().toNanos(),
                    this);
        }
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        if (state == State.ENDED) return; // late, after the deadline
        tally.exchanged(exchange);
        if (exchange.reply() instanceof QuoteReply) markAnswered(exchange.peer().id());
        if (--outstanding == 0) end();
    }

    private void markAnswered(PeerId peer) {
        for (int i = 0; i < answered.length; i++) {
            if (asked.get(i).id().equals(peer)) answered[i] = true;
        }
    }

    private void end() {
        if (state == State.ENDED) return;
        state = State.ENDED;
        deadline.cancel();
        List<PeerRecord> kept = new ArrayList<>(config.quotesNeeded());
        for (int i = 0; i < answered.length && kept.size() < config.quotesNeeded(); i++) {
            if (answered[i]) kept.add(asked.get(i));
        }
        then.accept(kept);
    }
}
