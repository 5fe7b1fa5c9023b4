package dev.kilonode.node.upload;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage.PutReply;
import dev.kilonode.node.wire.ChunkMessage.PutRequest;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores one chunk on the nearest peers, on as many at once as are needed. Each peer that fails is replaced by the next, until enough
 * have stored it or no peer is left. Closed loop: at most the number needed are outstanding.
 */
final class StoreRound implements RequestListener {

    /** Gets the result of a round, once. */
    interface Listener {

        /**
         * @param holders the peers that stored it
         * @param lastFailure why a peer did not store it, in words, or empty
         */
        void storeRoundEnded(List<PeerId> holders, String lastFailure);
    }

    private final Messenger messenger;
    private final UploadConfig config;
    private final UploadTally tally;
    private final Chunk chunk;
    private final List<PeerRecord> peers;
    private final Listener listener;
    private final List<PeerId> holders = new ArrayList<>();

    private int next;
    private int outstanding;
    private String lastFailure = "";

    /** @param peers candidates, nearest to the chunk first; at least as many as must store it */
    StoreRound(
            Messenger messenger,
            UploadConfig config,
            UploadTally tally,
            Chunk chunk,
            List<PeerRecord> peers,
            Listener listener) {
        this.messenger = messenger;
        this.config = config;
        this.tally = tally;
        this.chunk = chunk;
        this.peers = peers;
        this.listener = listener;
    }

    void begin() {
        int first = Math.min(config.storesNeeded(), peers.size());
        outstanding = first;
        next = first;
        for (int i = 0; i < first; i++) put(peers.get(i));
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        tally.exchanged(exchange);
        if (exchange.reply() instanceof PutReply reply && reply.stored()) {
            holders.add(exchange.peer().id());
        } else {
            lastFailure =
                    exchange.failure() == null ? "refused" : exchange.failure().label();
            if (next < peers.size()) {
                put(peers.get(next++));
                return; // the next peer replaces the failed one
            }
        }
        if (--outstanding == 0) listener.storeRoundEnded(holders, lastFailure);
    }

    private void put(PeerRecord peer) {
        tally.requests++;
        messenger.request(
                peer,
                new PutRequest(messenger.nextRequestId(), chunk),
                config.storeTimeout().toNanos(),
                this);
    }
}
