package dev.kilonode.node.upload;

import dev.kilonode.node.dht.LookupResult;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/**
 * Upload of one chunk: lookup, quotes, payment of the wave, stores. An attempt that fails at any stage is followed by a pause and a new
 * attempt that starts with the lookup. A chunk is paid for once.
 */
final class ChunkJob {

    private enum State {
        WAITING_TO_QUOTE,
        LOOKING_UP,
        QUOTING,
        WAITING_FOR_PAYMENT,
        WAITING_TO_STORE,
        STORING,
        PAUSING,
        STORED,
        FAILED
    }

    private final UploadJob upload;
    private final NodeRuntime runtime;
    private final UploadConfig config;
    private final UploadTally tally;
    private final Chunk chunk;

    private State state = State.WAITING_TO_QUOTE;
    private int attempt = 1;
    private long stageBeganNanos;
    private List<PeerRecord> holders = List.of();
    private Timer pause = () -> {};

    ChunkJob(UploadJob upload, NodeRuntime runtime, UploadConfig config, UploadTally tally, Chunk chunk) {
        this.upload = upload;
        this.runtime = runtime;
        this.config = config;
        this.tally = tally;
        this.chunk = chunk;
    }

    Chunk chunk() {
        return chunk;
    }

    /** Called when the stage of quotes has a free slot. */
    void quote() {
        state = State.LOOKING_UP;
        upload.dht().lookup(chunk.address(), config.lookupCount(), this::lookedUp);
    }

    private void lookedUp(LookupResult result) {
        tally.lookedUp(result);
        if (upload.over()) {
            upload.leftQuoting();
            return;
        }
        state = State.QUOTING;
        stageBeganNanos = runtime.nowNanos();
        new QuoteRound(runtime, upload.messenger(), config, tally, chunk, result.closest(), this::quoted).begin();
    }

    private void quoted(List<PeerRecord> answered) {
        tally.quoteNanos += runtime.nowNanos() - stageBeganNanos;
        boolean enough = answered.size() >= config.quotesNeeded();
        holders = answered;
        if (!upload.over()) {
            if (enough) {
                state = State.WAITING_FOR_PAYMENT;
                upload.quoted(this);
            } else {
                attemptFailed(answered.size() + " of " + config.quotesNeeded() + " quotes needed came");
            }
        }
        upload.leftQuoting();
    }

    /** Called when its wave has been paid for; waits for a free slot to store. */
    void paid() {
        state = State.WAITING_TO_STORE;
    }

    /** Called when the stage of stores has a free slot. */
    void store() {
        state = State.STORING;
        stageBeganNanos = runtime.nowNanos();
        new StoreRound(upload.messenger(), config, tally, chunk, holders, this::storeRoundEnded).begin();
    }

    private void storeRoundEnded(List<PeerId> stored, String lastFailure) {
        tally.storeNanos += runtime.nowNanos() - stageBeganNanos;
        if (stored.size() >= config.storesNeeded()) {
            state = State.STORED;
            upload.stored(chunk, stored);
        } else if (!upload.over()) {
            attemptFailed("stored by " + stored.size() + " of " + config.storesNeeded()
                    + " nodes needed, the last failure being " + lastFailure);
        }
        upload.leftStoring();
    }

    private void attemptFailed(String why) {
        if (attempt >= config.rounds()) {
            state = State.FAILED;
            upload.chunkFailed("chunk " + chunk.address().shortHex() + ": attempt " + attempt + " of " + config.rounds()
                    + " failed: " + why);
            return;
        }
        state = State.PAUSING;
        tally.retries++;
        pause = runtime.schedule(config.retryPause().toNanos() << (attempt - 1), this::tryAgain);
        attempt++;
    }

    private void tryAgain() {
        if (upload.over()) return;
        state = State.WAITING_TO_QUOTE;
        upload.waitToQuote(this);
    }

    /** Cancels a pause; requests under way end by themselves. */
    void callOff() {
        pause.cancel();
    }

    @Override
    public String toString() {
        return "chunk " + chunk.address().shortHex() + " " + state + ", attempt " + attempt;
    }
}
