package dev.kilonode.node.upload;

import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Upload of one file, in waves of chunks. Each wave is quoted, paid for once all its chunks are quoted, and stored. Waves do not overlap.
 *
 * <p>The first chunk that fails its last attempt fails the upload. No chunk starts anything new then, and the upload ends when the
 * lookups, quotes and stores under way have ended.
 */
final class UploadJob {

    private enum State {
        CUTTING,
        QUOTING,
        PAYING,
        STORING,
        CALLING_OFF,
        ENDED
    }

    private final Uploader uploader;
    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final UploadConfig config;
    private final List<Chunk> chunks;
    private final long bytes;
    private final UploadListener listener;
    private final UploadTally tally = new UploadTally();
    private final StageLimiter quoting;
    private final StageLimiter storing;
    private final long startedNanos;

    private State state = State.CUTTING;
    private String reason = "";
    private List<ChunkJob> wave = List.of();
    private int nextChunk;
    private int quotedInWave;
    private int storedInWave;
    private Timer payment = () -> {};

    UploadJob(
            Uploader uploader,
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            UploadConfig config,
            List<Chunk> chunks,
            UploadListener listener) {
        this.uploader = uploader;
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.config = config;
        this.chunks = List.copyOf(chunks);
        this.bytes = this.chunks.stream().mapToLong(Chunk::length).sum();
        this.listener = listener;
        this.quoting = new StageLimiter(config.concurrentQuotes(), ChunkJob::quote);
        this.storing = new StageLimiter(config.concurrentStores(), ChunkJob::store);
        this.startedNanos = runtime.nowNanos();
    }

    void begin() {
        runtime.run(WorkKind.CHUNK, bytes, this::nextWave);
    }

    Dht dht() {
        return dht;
    }

    Messenger messenger() {
        return messenger;
    }

    /** Whether chunks should start nothing new. */
    boolean over() {
        return state == State.CALLING_OFF || state == State.ENDED;
    }

    void waitToQuote(ChunkJob job) {
        quoting.enter(job);
    }

    void quoted(ChunkJob job) {
        if (state == State.STORING) {
            waitToStore(job); // a later attempt: its wave has been paid for
        } else if (++quotedInWave == wave.size()) {
            state = State.PAYING;
            payment = runtime.schedule(config.payment().toNanos(), this::paid);
        }
    }

    void leftQuoting() {
        quoting.leave();
        endWhenQuiet();
    }

    void stored(Chunk chunk, List<PeerId> holders) {
        storedInWave++;
        uploader.observer().chunkAcknowledged(chunk.address(), holders);
    }

    void leftStoring() {
        storing.leave();
        if (state == State.STORING && storedInWave == wave.size()) nextWave();
        else endWhenQuiet();
    }

    void chunkFailed(String why) {
        callOff(why);
    }

    /** Ends at once, whatever is under way; later results are ignored. */
    void abandon(String why) {
        if (state == State.ENDED) return;
        callOff(why);
        end();
    }

    private void nextWave() {
        if (over()) return;
        if (nextChunk == chunks.size()) {
            end();
            return;
        }
        state = State.QUOTING;
        quotedInWave = 0;
        storedInWave = 0;
        int end = Math.min(nextChunk + config.waveSize(), chunks.size());
        List<ChunkJob> jobs = new ArrayList<>(end - nextChunk);
        for (Chunk chunk : chunks.subList(nextChunk, end)) {
            jobs.add(new ChunkJob(this, runtime, config, tally, chunk));
        }
        nextChunk = end;
        wave = jobs;
        for (ChunkJob job : jobs) quoting.enter(job);
    }

    private void paid() {
        if (over()) return;
        state = State.STORING;
        for (ChunkJob job : wave) {
            if (!over()) waitToStore(job);
        }
    }

    private void waitToStore(ChunkJob job) {
        job.paid();
        storing.enter(job);
    }

    private void callOff(String why) {
        if (over()) return;
        state = State.CALLING_OFF;
        reason = why;
        quoting.close();
        storing.close();
        payment.cancel();
        for (ChunkJob job : wave) job.callOff();
    }

    private void endWhenQuiet() {
        if (state == State.CALLING_OFF && quoting.inside() == 0 && storing.inside() == 0) end();
    }

    private void end() {
        boolean succeeded = state != State.CALLING_OFF;
        state = State.ENDED;
        long nanos = runtime.nowNanos() - startedNanos;
        var result = new UploadResult(
                succeeded,
                reason,
                chunks.size(),
                bytes,
                startedNanos,
                nanos,
                tally.dialNanos,
                tally.identityNanos,
                tally.lookupNanos,
                tally.quoteNanos,
                tally.storeNanos,
                tally.identityTimeouts,
                tally.retries,
                tally.requests);
        uploader.ended(this, result);
        listener.uploadEnded(result);
    }

    @Override
    public String toString() {
        return "upload of " + chunks.size() + " chunks, " + state + ": " + wave;
    }
}
