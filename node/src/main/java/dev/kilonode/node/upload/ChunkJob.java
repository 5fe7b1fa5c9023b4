package dev.kilonode.node.upload;

import dev.kilonode.node.dht.LookupResult;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/**
 * One chunk's way onto the network: lookup, quotes, the wave's payment, stores. An attempt that fails anywhere is followed
 * by a pause and a new attempt from the lookup on; a chunk that has been paid for is not paid for again.
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

    /** It is this chunk's turn to be looked up and quoted. */
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

    /** It is paid for, and waits for its turn. */
    void paid() {
        state = State.WAITING_TO_STORE;
    }

    /** It is this chunk's turn to be stored. */
    void store() {
        state = State.STORING;
        stageBeganNanos = runtime.nowNanos();
        new StoreRound(upload.messenger(), config, tally, chunk, holders, this::storeRoundEnded).begin();
    }

    private void storeRoundEnded(int stored, String lastFailure) {
        tally.storeNanos += runtime.nowNanos() - stageBeganNanos;
        if (stored >= config.storesNeeded()) {
            state = State.STORED;
            upload.stored();
        } else if (!upload.over()) {
            attemptFailed("stored by " + stored + " of " + config.storesNeeded()
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

    /** Ends a pause for good; what is under way ends by itself. */
    void callOff() {
        pause.cancel();
    }

    @Override
    public String toString() {
        return "chunk " + chunk.address().shortHex() + " " + state + ", attempt " + attempt;
    }
}
